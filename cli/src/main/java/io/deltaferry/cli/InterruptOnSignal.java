package io.deltaferry.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Lets a command that waits tidy up on Ctrl-C or SIGTERM: its thread is interrupted first. */
final class InterruptOnSignal {
  private static final long TIDY_SECONDS = 5;

  private final CountDownLatch tidied = new CountDownLatch(1);

  private InterruptOnSignal() {}

  /** What the command does until its end. */
  interface Work {
    int run() throws InterruptedException;
  }

  /** Does the work in this thread. */
  static int during(Work work) throws InterruptedException {
    InterruptOnSignal signal = new InterruptOnSignal();
    Thread worker = Thread.currentThread();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> signal.end(worker), "tidy"));
    try {
      return work.run();
    } finally {
      // A signal from now on has nothing to wait for.
      signal.tidied.countDown();
    }
  }

  private void end(Thread worker) {
    if (tidied.getCount() == 0) {
      return;
    }
    worker.interrupt();
    try {
      if (!tidied.await(TIDY_SECONDS, TimeUnit.SECONDS)) {
        System.err.println("deltaferry: stopped before everything was tidied up");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
