package io.deltaferry.cli.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltaferry.error.ErrorCode;
import io.deltaferry.message.SyncOutcome;
import io.deltaferry.run.EndOfRun;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
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
          1_000L,
          NOW.minusSeconds(3_700),
          "2026-11-20 10:00:00+00",
          Duration.ofHours(1));
  private static final TableStatus NEVER =
      new TableStatus("items", TableState.NEVER, null, null, null, null, null, null, null, null);

  @Test
  void aTableWithTheReasonsBelow() {
    List<String> lines = StatusReport.lines(List.of(FAILED, NEVER), NOW);
    assertThat(lines).hasSize(6);
    assertThat(lines.get(2))
        .matches(
            "orders +failed +7 +2026-11-20T12:00:00Z +0 +1,000 +1h 1m +2026-11-20 10:00:00\\+00");
    assertThat(lines.get(3)).matches("items +never +- +- +- +- +- +-");
    assertThat(lines.get(4)).isEqualTo("orders is stale: its lag is 1h 1m, its max_lag 1h 0m");
    assertThat(lines.get(5)).isEqualTo("run 7 of orders failed: KEY_MISSING: no key");
  }

  @Test
  void jsonHasEveryFieldAlways() {
    assertThat(StatusReport.json(FAILED, NOW))
        .contains("\"state\":\"failed\"", "\"lag_seconds\":3700", "\"target_rows\":1000")
        .contains("\"max_lag_seconds\":3600", "\"stale\":true")
        .contains("\"error_code\":\"KEY_MISSING\"", "\"last_ended\":\"2026-11-20T12:00:00Z\"");
    assertThat(StatusReport.json(NEVER, NOW))
        .startsWith("{\"table\":\"items\",\"state\":\"never\",\"run\":null,")
        .contains("\"watermark\":null", "\"error\":null")
        .contains("\"max_lag_seconds\":null", "\"stale\":false");
  }

  @Test
  void aTableIsStaleWhenItIsOlderThanItMayBeOrWasNeverSynced() {
    assertThat(FAILED.stale(NOW.minusSeconds(100))).isFalse();
    assertThat(FAILED.stale(NOW.minusSeconds(99))).isTrue();
    Duration day = Duration.ofDays(1);
    TableStatus never =
        new TableStatus("items", TableState.NEVER, null, null, null, null, null, null, null, day);
    assertThat(never.stale(NOW)).isTrue();
    assertThat(StatusReport.lines(List.of(never), NOW))
        .contains("items is stale: its lag is -, its max_lag 1d 0h");
  }

  @Test
  void lagsAreShownInTheirTwoLargestUnits() {
    assertThat(StatusReport.lag(Duration.ofSeconds(59))).isEqualTo("59s");
    assertThat(StatusReport.lag(Duration.ofSeconds(61))).isEqualTo("1m 1s");
    assertThat(StatusReport.lag(Duration.ofHours(25))).isEqualTo("1d 1h");
    assertThat(StatusReport.lag(null)).isEqualTo("-");
  }
}
