package io.deltaferry.cli.process;

import io.deltaferry.serving.JvmOptions;
import java.util.ArrayList;
import java.util.List;

/** The command of a JVM that runs a part of the services, from this process's own class path. */
final class JavaCommand {
  /** The variable that holds more options, separated by blanks; they overrule those given here. */
  static final String OPTIONS = "DELTAFERRY_SERVICE_JAVA_OPTS";

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
    command.add("-Xmx" + heap);
    // Three services lie on one class path, each with this as its own default.
    command.add("-Dlogback.configurationFile=deltaferry-service-logback.xml");
    command.addAll(words(System.getenv().getOrDefault(OPTIONS, "")));
    command.addAll(
        List.of(
            "-cp",
            System.getProperty("java.class.path"),
            main.getName(),
            Long.toString(ProcessHandle.current().pid())));
    command.addAll(List.of(arguments));
    return command;
  }

  static List<String> words(String options) {
    return options.isBlank() ? List.of() : List.of(options.strip().split("\\s+", -1));
  }
}
