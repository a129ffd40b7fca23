package io.deltaferry.cli.doctor;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs checks beside each other: none waits for, or falls with, another one. */
public final class RunChecks {
  private static final int AT_ONCE = 8;
  private static final double MILLIS = 1000.0;
  private static final ThreadFactory DAEMONS =
      task -> {
        Thread thread = new Thread(task, "doctor");
        thread.setDaemon(true);
        return thread;
      };

  private final Duration patience;

  /**
   * @param patience how long one look may take
   */
  public RunChecks(Duration patience) {
    this.patience = patience;
  }

  /** What each of them found, in their order. */
  public List<Diagnosis> run(List<Check> checks) throws InterruptedException {
    // A look that hangs keeps its own thread and not the place of the next one.
    ExecutorService waiters = Executors.newFixedThreadPool(AT_ONCE, DAEMONS);
    ExecutorService lookers = Executors.newCachedThreadPool(DAEMONS);
    try {
      List<Future<Finding>> findings = new ArrayList<>();
      checks.forEach(check -> findings.add(waiters.submit(() -> bounded(check, lookers))));
      List<Diagnosis> diagnoses = new ArrayList<>();
      for (int i = 0; i < checks.size(); i++) {
        diagnoses.add(Diagnosis.of(checks.get(i), findings.get(i).get()));
      }
      return diagnoses;
    } catch (ExecutionException e) {
      throw new IllegalStateException("a check escaped its bounds", e);
    } finally {
      waiters.shutdownNow();
      lookers.shutdownNow();
    }
  }

  private Finding bounded(Check check, ExecutorService lookers) throws InterruptedException {
    Future<Finding> look = lookers.submit(check::look);
    try {
      return look.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      look.cancel(/* mayInterruptIfRunning= */ true);
      return Finding.missing(
          String.format(Locale.ROOT, "no answer within %.1f s", patience.toMillis() / MILLIS),
          Remedy.advice(
              "run doctor again; if it stays, look at the network between here and there"));
    } catch (ExecutionException e) {
      return FailedLook.of(e.getCause() == null ? e : e.getCause());
    }
  }
}
