package io.deltaferry.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Shows the same again and again: in the place of what was shown before on a terminal, one block
 * after the other otherwise, until it is closed.
 */
final class WatchStatus implements AutoCloseable {
  private static final String CLEAR = "\u001b[2J";
  private static final String HOME = "\u001b[H";
  private static final String REST_OF_LINE = "\u001b[K";
  private static final String REST_OF_SCREEN = "\u001b[J";

  private static final long TIDY_SECONDS = 5;

  private final PrintWriter out;
  private final PrintWriter err;
  private final boolean terminal;
  private final Duration every;
  private final CountDownLatch stop = new CountDownLatch(1);
  private final CountDownLatch stopped = new CountDownLatch(1);

  /**
   * Takes where to show it.
   *
   * @param terminal whether {@code out} is one
   * @param every how long to wait between two looks
   */
  WatchStatus(PrintWriter out, PrintWriter err, boolean terminal, Duration every) {
    this.out = out;
    this.err = err;
    this.terminal = terminal;
    this.every = every;
  }

  /**
   * Looks and shows until somebody closes this. What cannot be read now may be read next time, but
   * the first look must succeed.
   */
  void run(Callable<List<String>> look) throws Exception {
    try {
      show(look.call(), CLEAR + HOME);
      while (!stop.await(every.toMillis(), TimeUnit.MILLISECONDS)) {
        again(look);
      }
    } finally {
      stopped.countDown();
    }
  }

  private void again(Callable<List<String>> look) throws Exception {
    List<String> lines;
    try {
      lines = look.call();
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) {
      err.println("deltaferry: " + FailureReport.describe(e));
      err.flush();
      return;
    }
    show(lines, HOME);
  }

  private void show(List<String> lines, String start) {
    if (terminal) {
      out.print(start);
      lines.forEach(line -> out.println(line + REST_OF_LINE));
      out.print(REST_OF_SCREEN);
    } else {
      lines.forEach(out::println);
    }
    out.flush();
  }

  /** Lets the block that is being shown come to its end. */
  @Override
  public void close() {
    stop.countDown();
    try {
      if (!stopped.await(TIDY_SECONDS, TimeUnit.SECONDS)) {
        err.println("deltaferry: stopped in the midst of a look");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
