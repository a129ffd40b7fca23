package io.deltaferry.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deltaferry.error.DeltaferryException;
import io.deltaferry.error.ErrorCode;
import io.deltaferry.run.SyncEvent;
import io.deltaferry.testing.RecordingLedger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JournalTest {
  private final RecordingLedger ledger = new RecordingLedger();
  private final List<Runnable> soon = new ArrayList<>();
  private final Journal journal = new Journal(ledger, soon::add);

  @Test
  void whatADeliveryBringsAboutIsOneCall() {
    journal.record(event(1));
    journal.record(event(2));
    journal.flush();
    journal.flush();
    assertThat(ledger.calls()).hasSize(1);
    assertThat(ledger.ids()).containsExactly("orders#1/loaded", "orders#2/loaded");
  }

  @Test
  void aDeliveryThatTakesLongIsSeenWhileItWorks() {
    journal.record(event(1));
    journal.record(event(2));
    assertThat(soon).hasSize(1);
    soon.remove(0).run();
    assertThat(ledger.calls()).hasSize(1);
    journal.record(event(3));
    assertThat(soon).as("once more for what came after").hasSize(1);
  }

  @Test
  void anEventThatIsRecordedAgainIsOne() {
    journal.record(event(1));
    journal.record(event(1));
    journal.flush();
    assertThat(ledger.ids()).containsExactly("orders#1/loaded");
  }

  /** The delivery comes again for it, and until then nothing is forgotten. */
  @Test
  void aLedgerThatIsAwayGetsThemLater() {
    ledger.fails(new DeltaferryException(ErrorCode.WAREHOUSE_UNAVAILABLE, "away"));
    journal.record(event(1));
    assertThatThrownBy(journal::flush).hasMessage("away");
    soon.forEach(Runnable::run);
    journal.record(event(2));
    ledger.fails(null);
    journal.flush();
    assertThat(ledger.ids()).containsExactly("orders#1/loaded", "orders#2/loaded");
  }

  /** Or one event that no ledger takes would hold up every delivery of the instance. */
  @Test
  void whatWillNeverBeTakenIsNotTriedAgain() {
    ledger.fails(new DeltaferryException(ErrorCode.WAREHOUSE_REFUSED, "no such column"));
    journal.record(event(1));
    journal.flush();
    ledger.fails(null);
    journal.flush();
    assertThat(ledger.ids()).isEmpty();
  }

  @Test
  void aLedgerThatIsAwayForLongDoesNotFillTheHeap() {
    for (int seq = 1; seq <= 1_100; seq++) {
      journal.record(event(seq));
    }
    journal.flush();
    assertThat(ledger.ids())
        .hasSize(1_000)
        .startsWith("orders#101/loaded")
        .endsWith("orders#1100/loaded");
  }

  private static SyncEvent event(long seq) {
    return new SyncEvent(
        SyncEvent.Kind.LOADED, "", Instant.EPOCH, "orders", seq, "request", Map.of());
  }
}
