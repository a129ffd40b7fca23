package io.deltaferry.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine;

/** The entry of the jar. */
public final class Main {
  // gRPC logs through the JDK; a logger nobody holds forgets its level.
  private static final Logger GRPC = Logger.getLogger("io.grpc");

  private Main() {}

  public static void main(String[] arguments) {
    // The function invoker carries a second logging back end inside its own jar.
    System.setProperty("slf4j.provider", "ch.qos.logback.classic.spi.LogbackServiceProvider");
    System.setProperty("slf4j.internal.verbosity", "WARN");
    // The services' JSON log lines are theirs; this process speaks to a person, on stderr.
    if (System.getProperty("logback.configurationFile") == null) {
      System.setProperty("logback.configurationFile", "deltaferry-cli-logback.xml");
    }
    GRPC.setLevel(Level.WARNING);
    CommandLine command =
        commandLine().setOut(utf8(FileDescriptor.out)).setErr(utf8(FileDescriptor.err));
    System.exit(execute(command, arguments));
  }

  /**
   * A print stream swallows what goes wrong; lost output is a failure, whatever the command did.
   */
  static int execute(CommandLine command, String... arguments) {
    int code = command.execute(arguments);
    if (!command.getOut().checkError()) {
      return code;
    }
    command
        .getErr()
        .println(
            "deltaferry: standard output could not be written to its end;"
                + " is the disk full, or its reader gone?");
    return ExitCode.FAILED;
  }

  /** Rows hold any text: a shell without a locale must not turn it into question marks. */
  private static PrintWriter utf8(FileDescriptor stream) {
    return new PrintWriter(
        new OutputStreamWriter(new FileOutputStream(stream), StandardCharsets.UTF_8), true);
  }

  static CommandLine commandLine() {
    return new CommandLine(new DeltaferryCommand())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpWidth(100)
        .setUsageHelpAutoWidth(true)
        .setExecutionExceptionHandler(new FailureReport());
  }
}
