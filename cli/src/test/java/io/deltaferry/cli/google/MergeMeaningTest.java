package io.deltaferry.cli.google;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.cloud.bigquery.DatasetInfo;
import io.deltaferry.cli.google.MergedTable.Kind;
import io.deltaferry.error.DeltaferryException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What the script of a merge does to the target, the state and the ledger. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MergeMeaningTest {
  private LocalGoogle google;

  @BeforeAll
  void start(@TempDir Path directory) throws SQLException {
    google = new LocalGoogle(directory);
    for (String dataset : List.of("control", "target", "staging")) {
      google.bigQuery().create(DatasetInfo.of(dataset));
    }
  }

  @AfterAll
  void stop() {
    google.close();
  }

  @Test
  void rowsStateAndLedgerAreOneStep() {
    MergedTable table = new MergedTable(google, "one_step", "1 old 9");
    table.merge(7, Kind.ONE_SNAPSHOT, "1 new 10", "2 new 10");
    assertThat(table.rows()).containsExactly("1 new 10", "2 new 10");
    assertThat(table.state()).containsExactly("7 low-7");
    assertThat(table.runs()).containsExactly("7 2");
  }

  /** A corrected cursor must arrive. */
  @Test
  void aRunIsTheTruthWhateverItsCursorsSay() {
    MergedTable table =
        new MergedTable(google, "in_order", "1 old 9", "2 equal 9", "3 none 9", "4 none -");
    table.merge(7, Kind.ONE_SNAPSHOT, "1 corrected 8", "2 same 9", "3 read -", "4 read 8");
    assertThat(table.rows()).containsExactly("1 corrected 8", "2 same 9", "3 read -", "4 read 8");
  }

  @Test
  void anOldRunAfterANewerOneChangesNothing() {
    MergedTable table = new MergedTable(google, "late");
    table.merge(8, Kind.ONE_SNAPSHOT, "1 newer 9");
    for (long seq : List.of(7L, 8L)) {
      assertRefused(
          "SUPERSEDED", () -> table.merge(seq, Kind.ONE_SNAPSHOT, "1 again 8", "2 again 8"));
    }
    assertThat(table.rows()).containsExactly("1 newer 9");
    assertThat(table.state()).containsExactly("8 low-8");
    assertThat(table.runs()).containsExactly("8 1");
  }

  /** The last assertion of the script: all before it has been done by then. */
  @Test
  void whatFailsAtItsEndHasNotBegun() {
    MergedTable table = new MergedTable(google, "undone", "1 once 9", "1 twice 9");
    assertRefused("COUNTS_DIFFER", () -> table.merge(7, Kind.ONE_SNAPSHOT, "1 new 10"));
    assertThat(table.rows()).containsExactly("1 once 9", "1 twice 9");
    assertThat(table.state()).containsExactly("0 -");
    assertThat(table.runs()).isEmpty();
  }

  @Test
  void aTempTableThatLacksARowIsNotMerged() {
    MergedTable table = new MergedTable(google, "short");
    assertRefused("COUNTS_DIFFER", () -> table.merge(7, Kind.ONE_SNAPSHOT, 3, "1 a 9", "2 a 9"));
    assertThat(table.rows()).isEmpty();
  }

  @Test
  void aKeyThatStandsTwiceInOneSnapshotIsNone() {
    MergedTable table = new MergedTable(google, "no_key");
    assertRefused("KEY_DUPLICATED", () -> table.merge(7, Kind.ONE_SNAPSHOT, "1 a 9", "1 b 10"));
    assertRefused("KEY_DUPLICATED", () -> table.merge(7, Kind.SLICED, "1 a 9 5", "1 b 10 5"));
    assertThat(table.rows()).isEmpty();
  }

  /** Whatever their cursors say; of one cursor too, and however many rows the slices show. */
  @Test
  void ofSlicesTheLastSnapshotWins() {
    MergedTable table = new MergedTable(google, "slices", "3 kept 9");
    table.merge(
        7,
        Kind.SLICED,
        "1 first 10 5",
        "1 last 9 7",
        "1 between 11 6",
        "2 last 9 7",
        "2 first 9 5");
    assertThat(table.rows()).containsExactly("1 last 9", "2 last 9", "3 kept 9");
    assertThat(table.runs()).containsExactly("7 2");
  }

  private static void assertRefused(String code, Runnable merge) {
    assertThatThrownBy(merge::run)
        .isInstanceOf(DeltaferryException.class)
        .hasMessageContaining("Assertion failed: " + code);
  }
}
