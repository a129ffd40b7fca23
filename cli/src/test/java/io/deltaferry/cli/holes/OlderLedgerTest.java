package io.deltaferry.cli.holes;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltaferry.message.RunOptions;
import io.deltaferry.message.SyncOutcome;
import io.deltaferry.table.SyncMode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A ledger that an older build has made gets the columns that it lacks, and keeps its rows. */
@Timeout(180)
class OlderLedgerTest {
  private static final List<String> NEWER =
      List.of(
          "until",
          "rows_compared",
          "rows_deleted",
          "rows_revived",
          "keys_missing",
          "high",
          "periods_left");

  @Test
  void itGoesOnWithWhatItKnows() {
    Line line = Bench.shared().line("lateness: 0s", "stamped_by: database");
    line.write("first", 1);
    line.sync();
    List<String> low = line.rows("SELECT next_low FROM control.state__%s");
    NEWER.forEach(column -> drop(line, "sync_runs", column));
    drop(line, "state__" + line.table, "filled_columns");
    drop(line, "state__" + line.table, "source_tables");
    line.write("second", 2);
    line.sync();
    assertThat(line.end().outcome()).as("%s", line.end()).isEqualTo(SyncOutcome.COMPLETED);
    assertThat(line.differences()).isEmpty();
    assertThat(line.merged()).containsExactly("1", "2");
    assertThat(line.rows("SELECT low FROM control.sync_runs WHERE table_name = '%s' AND seq = 2"))
        .as("the watermark is not lost")
        .isEqualTo(low);
    NEWER.forEach(column -> drop(line, "sync_runs", column));
    line.sync(SyncMode.RECONCILE, RunOptions.NONE);
    assertThat(line.end().outcome()).as("%s", line.end()).isEqualTo(SyncOutcome.COMPLETED);
    assertThat(
            line.rows(
                "SELECT rows_compared FROM control.sync_runs WHERE table_name = '%s' AND seq = 3"))
        .containsExactly("2");
  }

  private static void drop(Line line, String table, String column) {
    line.bench.query("ALTER TABLE control." + table + " DROP COLUMN " + column);
  }
}
