package io.deltaferry.cli.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.deltaferry.run.RunProgress;
import io.deltaferry.run.RunProgress.Phase;
import io.deltaferry.run.SyncEvent;
import io.deltaferry.run.SyncEvent.Kind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What the report says of progress is what the command says. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProgressMeaningTest {
  private LocalLedger ledger;

  @BeforeAll
  void start(@TempDir Path directory) throws Exception {
    ledger = new LocalLedger(directory);
    ledger.append(ledger.planned("first", 1, 1, null));
  }

  @AfterAll
  void stop() {
    ledger.close();
  }

  @Test
  void sqlAndJavaAgreeOnWhatIsDone() {
    Random random = new Random(42);
    List<Phase> phases = List.of(Phase.values());
    Map<String, RunProgress> expected = new HashMap<>();
    List<SyncEvent> events = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      String table = "random_" + i;
      Long estimate = random.nextInt(4) == 0 ? null : (long) random.nextInt(2_000);
      int slices = 1 + random.nextInt(5);
      int done = random.nextInt(slices + 2);
      long rows = 0;
      events.add(ledger.planned(table, 1, 60, estimate));
      for (int slice = 1; slice < slices; slice++) {
        events.add(ledger.event(table, 1, Kind.SLICE_SPLIT, "" + slice, 50, Map.of()));
      }
      for (int slice = 0; slice < done; slice++) {
        int more = random.nextInt(3) == 0 ? 0 : random.nextInt(500);
        events.add(ledger.staged(table, 1, "" + slice, 40, more));
        rows += more;
      }
      Phase phase = phases.get(random.nextInt(phases.size()));
      if (phase.compareTo(Phase.LOADING) >= 0) {
        events.add(ledger.event(table, 1, Kind.STAGED, "", 30, Map.of()));
      }
      if (phase.compareTo(Phase.MERGING) >= 0) {
        events.add(ledger.event(table, 1, Kind.LOADED, "", 20, Map.of()));
      }
      if (phase == Phase.DONE) {
        events.add(ledger.ended(table, 1, Kind.COMPLETED, 10, rows));
      }
      expected.put(table, new RunProgress(phase, slices, done, rows, estimate));
    }
    ledger.ledger.append(events);
    List<Map<String, @Nullable String>> rows =
        ledger.query("SELECT * FROM control.sync_report WHERE table_name LIKE 'random%'");
    assertThat(rows).hasSize(60);
    for (Map<String, @Nullable String> row : rows) {
      RunProgress progress = Objects.requireNonNull(expected.get(row.get("table_name")));
      assertThat(LocalLedger.number(row, "progress"))
          .as("%s: %s", progress, row)
          .isCloseTo(progress.share(), within(1e-9));
      if (progress.share() == 0) {
        assertThat(row).containsEntry("seconds_left", null);
      } else {
        double share = progress.share();
        assertThat(LocalLedger.number(row, "seconds_left"))
            .isCloseTo(
                LocalLedger.number(row, "elapsed_seconds") * (1 - share) / share, within(1e-6));
      }
    }
  }
}
