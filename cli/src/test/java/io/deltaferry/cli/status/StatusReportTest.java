package io.deltaferry.cli.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltaferry.error.ErrorCode;
import io.deltaferry.message.SyncOutcome;
import io.deltaferry.run.EndOfRun;
import io.deltaferry.run.RunProgress;
import io.deltaferry.run.RunProgress.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StatusReportTest {
  private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
  private static final EndOfRun FAILURE =
      new EndOfRun("orders", 7, "r", SyncOutcome.FAILED, 0, ErrorCode.KEY_MISSING, "no key", NOW);
  private static final TableStatus FAILED =
      new TableStatus(
          "orders",
          TableState.FAILED,
          7L,
          NOW,
          FAILURE,
          FAILURE,
          3,
          null,
          1_000L,
          NOW.minusSeconds(3_700),
          "2026-11-20 10:00:00+00",
          Duration.ofHours(1),
          List.of("ssn", "phone"),
          LastMerged.of(
                  List.of(
                      Map.of(
                          "table_name", "orders",
                          "seq", "6",
                          "extract_started_micros", "1700000000000000",
                          "losses", "{\"a\": {\"clamped\": 2, \"nulled\": 1}, \"b\": 3}")))
              .get("orders"),
          LastTasks.of(
                  List.of(
                      Map.of(
                          "table_name", "orders",
                          "mode", "reconcile",
                          "seq", "5",
                          "rows_compared", "1000",
                          "rows_deleted", "20",
                          "rows_revived", "3",
                          "keys_missing", "1"),
                      Map.of(
                          "table_name", "orders",
                          "mode", "backfill",
                          "seq", "4",
                          "low", "2026-03-02",
                          "periods_left", "12")))
              .getOrDefault("orders", LastTasks.NONE));
  private static final TableStatus NEVER =
      new TableStatus(
          "items",
          TableState.NEVER,
          null,
          null,
          null,
          null,
          0,
          null,
          null,
          null,
          null,
          null,
          List.of(),
          null,
          LastTasks.NONE);

  @Test
  void aTableWithTheReasonsBelow() {
    List<String> lines = StatusReport.lines(List.of(FAILED, NEVER), NOW);
    assertThat(lines).hasSize(10);
    assertThat(lines.get(2))
        .matches(
            "orders +failed +7 +2026-11-20T12:00:00Z +0 +1,000 +1h 1m +2026-11-20 10:00:00\\+00");
    assertThat(lines.get(3)).matches("items +never +- +- +- +- +- +-");
    assertThat(lines.get(4)).isEqualTo("orders is stale: its lag is 1h 1m, its max_lag 1h 0m");
    assertThat(lines.get(5))
        .isEqualTo(
            "orders leaves out new columns until each stands under exclude, hash or include:"
                + " ssn, phone");
    assertThat(lines.get(6))
        .isEqualTo(
            "run 6 of orders met values that BigQuery cannot hold: a 2 clamped, a 1 nulled, b 3");
    assertThat(lines.get(7))
        .isEqualTo(
            "run 5 of orders compared the keys of 1,000 rows: 20 deleted, 3 alive again, 1 keys missing");
    assertThat(lines.get(8))
        .isEqualTo(
            "run 4 of orders has filled the period from 2026-03-02; 12 periods of its backfill are left");
    assertThat(lines.get(9)).isEqualTo("run 7 of orders failed (3 in a row): KEY_MISSING: no key");
  }

  @Test
  void jsonHasEveryFieldAlways() {
    assertThat(StatusReport.json(FAILED, NOW))
        .contains("\"state\":\"failed\"", "\"lag_seconds\":3700", "\"target_rows\":1000")
        .contains("\"max_lag_seconds\":3600", "\"stale\":true")
        .contains("\"quarantined\":\"ssn, phone\"")
        .contains("\"consecutive_failures\":3,\"losses\":{\"a\":{")
        .contains("\"rows_deleted\":20,\"rows_revived\":3,\"keys_missing\":1")
        .contains("\"backfilled_from\":\"2026-03-02\",\"periods_left\":12")
        .contains("\"stage\":null,\"progress\":null")
        .contains("\"error_code\":\"KEY_MISSING\"", "\"last_ended\":\"2026-11-20T12:00:00Z\"");
    assertThat(StatusReport.json(NEVER, NOW))
        .startsWith("{\"table\":\"items\",\"state\":\"never\",\"run\":null,")
        .contains("\"watermark\":null", "\"error\":null", "\"losses\":null")
        .contains("\"max_lag_seconds\":null", "\"stale\":false");
  }

  @Test
  void aTableIsStaleWhenItIsOlderThanItMayBeOrWasNeverSynced() {
    assertThat(FAILED.stale(NOW.minusSeconds(100))).isFalse();
    assertThat(FAILED.stale(NOW.minusSeconds(99))).isTrue();
    Duration day = Duration.ofDays(1);
    TableStatus never =
        new TableStatus(
            "items",
            TableState.NEVER,
            null,
            null,
            null,
            null,
            0,
            null,
            null,
            null,
            null,
            day,
            List.of(),
            null,
            LastTasks.NONE);
    assertThat(never.stale(NOW)).isTrue();
    assertThat(StatusReport.lines(List.of(never), NOW))
        .contains("items is stale: its lag is -, its max_lag 1d 0h");
  }

  @Test
  void aRunThatWorksShowsHowFarItHasCome() {
    TableStatus running = running(new RunProgress(Phase.EXTRACTING, 8, 3, 750_000, 2_000_000L));
    assertThat(StatusReport.lines(List.of(running), NOW))
        .endsWith(
            "run 8 of orders [######--------------]  30% extracting, 3 of 8 slices, 750,000 rows,"
                + " 7,500 rows/s, 1m 40s, about 3m 53s left",
            "run 8 of orders is tried again: SOURCE_UNAVAILABLE: away");
    assertThat(StatusReport.json(running, NOW))
        .contains("\"state\":\"running\"", "\"stage\":\"extracting\",\"progress\":0.3,")
        .contains("\"elapsed_seconds\":100,\"seconds_left\":233,\"slices\":8")
        .contains("\"slices_staged\":3,\"rows_staged\":750000,\"rows_estimated\":2000000")
        .contains("\"rows_per_second\":7500,\"trouble\":\"SOURCE_UNAVAILABLE: away\"");
  }

  @Test
  void whatIsNotKnownOfARunIsNotSaid() {
    TableStatus running = running(new RunProgress(Phase.EXTRACTING, 1, 0, 0, null));
    assertThat(StatusReport.lines(List.of(running), NOW))
        .contains(
            "run 8 of orders [--------------------]   0% extracting, 0 of 1 slices, 0 rows,"
                + " 1m 40s");
    assertThat(StatusReport.json(running, NOW))
        .contains("\"progress\":0.0", "\"seconds_left\":null", "\"rows_estimated\":null");
  }

  private static TableStatus running(RunProgress progress) {
    return new TableStatus(
        "orders",
        TableState.RUNNING,
        8L,
        NOW,
        null,
        null,
        0,
        new LiveRun(progress, NOW.minusSeconds(100), "SOURCE_UNAVAILABLE: away"),
        null,
        null,
        null,
        null,
        List.of(),
        null,
        LastTasks.NONE);
  }

  @Test
  void lagsAreShownInTheirTwoLargestUnits() {
    assertThat(StatusReport.lag(Duration.ofSeconds(59))).isEqualTo("59s");
    assertThat(StatusReport.lag(Duration.ofSeconds(61))).isEqualTo("1m 1s");
    assertThat(StatusReport.lag(Duration.ofHours(25))).isEqualTo("1d 1h");
    assertThat(StatusReport.lag(null)).isEqualTo("-");
  }
}
