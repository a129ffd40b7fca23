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
          "2026-11-20 10:00:00+00");
  private static final TableStatus NEVER =
      new TableStatus("items", TableState.NEVER, null, null, null, null, null, null, null);

  @Test
  void aTableWithTheReasonsBelow() {
    List<String> lines = StatusReport.lines(List.of(FAILED, NEVER), NOW);
    assertThat(lines).hasSize(5);
    assertThat(lines.get(2))
        .matches(
            "orders +failed +7 +2026-11-20T12:00:00Z +0 +1,000 +1h 1m +2026-11-20 10:00:00\\+00");
    assertThat(lines.get(3)).matches("items +never +- +- +- +- +- +-");
    assertThat(lines.get(4)).isEqualTo("run 7 of orders failed: KEY_MISSING: no key");
  }

  @Test
  void jsonHasEveryFieldAlways() {
    assertThat(StatusReport.json(FAILED, NOW))
        .contains("\"state\":\"failed\"", "\"lag_seconds\":3700", "\"target_rows\":1000")
        .contains("\"error_code\":\"KEY_MISSING\"", "\"last_ended\":\"2026-11-20T12:00:00Z\"");
    assertThat(StatusReport.json(NEVER, NOW))
        .startsWith("{\"table\":\"items\",\"state\":\"never\",\"run\":null,")
        .contains("\"watermark\":null", "\"error\":null");
  }

  @Test
  void lagsAreShownInTheirTwoLargestUnits() {
    assertThat(StatusReport.lag(Duration.ofSeconds(59))).isEqualTo("59s");
    assertThat(StatusReport.lag(Duration.ofSeconds(61))).isEqualTo("1m 1s");
    assertThat(StatusReport.lag(Duration.ofHours(25))).isEqualTo("1d 1h");
    assertThat(StatusReport.lag(null)).isEqualTo("-");
  }
}
