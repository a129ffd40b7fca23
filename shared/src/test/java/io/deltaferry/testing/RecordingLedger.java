package io.deltaferry.testing;

import io.deltaferry.error.DeltaferryException;
import io.deltaferry.run.Ledger;
import io.deltaferry.run.SyncEvent;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A ledger that keeps what it is given, one list a call. */
public final class RecordingLedger implements Ledger {
  private final List<List<SyncEvent>> calls = new ArrayList<>();
  private @Nullable DeltaferryException failure;

  /** Lets every call fail, or none any more. */
  public synchronized void fails(@Nullable DeltaferryException failure) {
    this.failure = failure;
  }

  @Override
  public synchronized void append(List<SyncEvent> events) {
    if (failure != null) {
      throw failure;
    }
    calls.add(List.copyOf(events));
  }

  public synchronized List<List<SyncEvent>> calls() {
    return List.copyOf(calls);
  }

  /** The ids of all events, in the order they came. */
  public synchronized List<String> ids() {
    return calls.stream().flatMap(List::stream).map(SyncEvent::id).toList();
  }
}
