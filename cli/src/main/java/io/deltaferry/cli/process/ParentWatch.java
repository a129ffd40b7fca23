package io.deltaferry.cli.process;

import java.util.Optional;

/** Ends this process when the one that started it ends, however that happens. */
final class ParentWatch {
  private static final int PARENT_GONE = 3;

  private ParentWatch() {}

  /**
   * Starts to watch. No hook of a dead parent can stop this process: it may have been killed with
   * SIGKILL.
   *
   * @param processId the parent's
   */
  static void start(String processId) {
    Optional<ProcessHandle> parent = ProcessHandle.of(Long.parseLong(processId));
    if (parent.isEmpty()) {
      System.exit(PARENT_GONE);
      return;
    }
    Thread watch = new Thread(() -> endWith(parent.get()), "parent-watch");
    watch.setDaemon(true);
    watch.start();
  }

  private static void endWith(ProcessHandle parent) {
    parent.onExit().join();
    System.exit(PARENT_GONE);
  }
}
