package io.deltaferry.cli;

/** Makes Ctrl-C and SIGTERM a clean end of a command that runs until then. */
final class StopOnSignal {
  private StopOnSignal() {}

  /** From now on a signal closes this and ends the process with code 0. */
  static void close(AutoCloseable running) {
    Runtime.getRuntime().addShutdownHook(new Thread(() -> end(running), "stop"));
  }

  private static void end(AutoCloseable running) {
    int code = ExitCode.OK;
    try {
      running.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      code = ExitCode.FAILED;
    } catch (Exception e) {
      System.err.println("deltaferry: did not stop cleanly: " + FailureReport.describe(e));
      code = ExitCode.FAILED;
    }
    // Being asked to stop is how it is meant to end; the JVM alone would report 143.
    Runtime.getRuntime().halt(code);
  }
}
