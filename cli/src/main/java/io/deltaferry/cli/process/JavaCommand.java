package io.deltaferry.cli.process;

import io.deltaferry.serving.JvmOptions;
import java.util.ArrayList;
import java.util.List;

/** The command of a JVM that runs a part of the services, from this process's own class path. */
final class JavaCommand {
  private JavaCommand() {}

  /**
   * The command's words.
   *
   * @param heap the JVM's {@code -Xmx}, such as {@code 128m}
   * @param main is given this process's id, and then the arguments
   */
  static List<String> of(String heap, Class<?> main, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.addAll(JvmOptions.ofEveryService());
    command.addAll(
        List.of(
            "-Xmx" + heap,
            // Three services lie on one class path, each with this as its own default.
            "-Dlogback.configurationFile=deltaferry-service-logback.xml",
            "-cp",
            System.getProperty("java.class.path"),
            main.getName(),
            Long.toString(ProcessHandle.current().pid())));
    command.addAll(List.of(arguments));
    return command;
  }
}
