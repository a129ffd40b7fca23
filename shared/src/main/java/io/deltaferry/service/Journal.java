package io.deltaferry.service;

import io.deltaferry.error.DeltaferryException;
import io.deltaferry.error.ErrorKind;
import io.deltaferry.run.Ledger;
import io.deltaferry.run.SyncEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gathers what happens to runs, and brings it to the ledger in one call: when a delivery ends, or
 * while it still works, so that a run which takes long is seen.
 */
public final class Journal {
  private static final Logger log = LoggerFactory.getLogger(Journal.class);

  /** Shorter deliveries pay for one call. */
  private static final Duration SOON = Duration.ofSeconds(5);

  /** A ledger that is away for long must not fill the heap. */
  private static final int KEPT = 1_000;

  private final Ledger ledger;
  private final Executor soon;
  private final Object appending = new Object();
  private Map<String, SyncEvent> gathered = new LinkedHashMap<>();

  public Journal(Ledger ledger) {
    this(ledger, CompletableFuture.delayedExecutor(SOON.toSeconds(), TimeUnit.SECONDS));
  }

  /**
   * Takes what tests see.
   *
   * @param soon runs a task a little later
   */
  Journal(Ledger ledger, Executor soon) {
    this.ledger = ledger;
    this.soon = soon;
  }

  /** Remembers the event; it may have been recorded before. */
  public void record(SyncEvent event) {
    boolean first;
    synchronized (this) {
      first = gathered.isEmpty();
      gathered.put(event.id(), event);
      bound();
    }
    if (first) {
      soon.execute(this::flushQuietly);
    }
  }

  /**
   * Returns when all events that were recorded before stand in the ledger.
   *
   * @throws DeltaferryException WAREHOUSE_UNAVAILABLE when they do not; they are kept, and brought
   *     along next time
   */
  public void flush() {
    synchronized (appending) {
      List<SyncEvent> events = take();
      if (events.isEmpty()) {
        return;
      }
      try {
        ledger.append(events);
      } catch (DeltaferryException e) {
        if (e.kind() == ErrorKind.TRANSIENT) {
          putBack(events);
          throw e;
        }
        log.error("{}: {}; {} events are lost", e.code(), e.getMessage(), events.size());
      }
    }
  }

  private void flushQuietly() {
    try {
      flush();
    } catch (RuntimeException e) {
      // Whoever ends a delivery tries again, and says so.
      log.debug("the ledger does not take events now", e);
    }
  }

  private synchronized List<SyncEvent> take() {
    List<SyncEvent> events = new ArrayList<>(gathered.values());
    gathered = new LinkedHashMap<>();
    return events;
  }

  private synchronized void putBack(List<SyncEvent> events) {
    Map<String, SyncEvent> later = gathered;
    gathered = new LinkedHashMap<>();
    events.forEach(event -> gathered.put(event.id(), event));
    gathered.putAll(later);
    bound();
  }

  /** The oldest go first. */
  private synchronized void bound() {
    while (gathered.size() > KEPT) {
      String oldest = gathered.keySet().iterator().next();
      gathered.remove(oldest);
      log.error("the ledger takes no events for too long; {} is lost", oldest);
    }
  }
}
