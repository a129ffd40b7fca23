package io.deltaferry.cli.process;

import com.google.cloud.functions.invoker.runner.Invoker;
import java.util.Arrays;
import java.util.Optional;

/** Serves one function, and ends when the process that started it ends, however that happens. */
public final class ServiceMain {
  private static final int PARENT_GONE = 3;

  private ServiceMain() {}

  /**
   * Serves until killed.
   *
   * @param arguments the parent's process id, then what the function invoker takes
   */
  public static void main(String[] arguments) throws Exception {
    Optional<ProcessHandle> parent = ProcessHandle.of(Long.parseLong(arguments[0]));
    if (parent.isEmpty()) {
      System.exit(PARENT_GONE);
      return;
    }
    // No hook of the dead parent can stop this process: it may have been killed with SIGKILL.
    Thread watch = new Thread(() -> endWith(parent.get()), "parent-watch");
    watch.setDaemon(true);
    watch.start();
    Invoker.main(Arrays.copyOfRange(arguments, 1, arguments.length));
  }

  private static void endWith(ProcessHandle parent) {
    parent.onExit().join();
    System.exit(PARENT_GONE);
  }
}
