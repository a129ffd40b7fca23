package io.deltaferry.cli.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SyncReportTest {
  private static final Instant AT = Instant.parse("2026-03-01T12:00:00Z");
  private static final TableProgress REQUESTED = TableProgress.requested("orders", "r", AT);
  private static final TableProgress DONE = REQUESTED.done(4, 1_000, AT.plusMillis(2_500));
  private static final TableProgress FAILED =
      TableProgress.requested("items", "s", AT)
          .failed(1, new RunFailure("KEY_MISSING", "no \"key\""), AT);

  @Test
  void jsonSaysEverythingInOneLine() {
    assertThat(SyncReport.json(DONE, true))
        .isEqualTo(
            "{\"table\":\"orders\",\"request_id\":\"r\",\"state\":\"done\",\"run\":4,"
                + "\"rows\":1000,\"seconds\":2.5,\"error_code\":null,\"error\":null}");
    assertThat(SyncReport.json(FAILED, true))
        .contains("\"state\":\"failed\"", "\"error_code\":\"KEY_MISSING\"", "no \\\"key\\\"");
  }

  @Test
  void whatNobodyWaitedForIsRequestedAndWhatNeverEndedIsTimedOut() {
    assertThat(SyncReport.json(REQUESTED, false))
        .isEqualTo("{\"table\":\"orders\",\"request_id\":\"r\",\"state\":\"requested\"}");
    assertThat(SyncReport.json(REQUESTED, true))
        .contains("\"state\":\"timed_out\"", "\"run\":null");
  }

  @Test
  void whatNeverEndedSaysItsLastTrouble() {
    assertThat(SyncReport.failures(List.of(REQUESTED.troubled("LOGIN: refused"))))
        .singleElement()
        .asString()
        .contains("it was requested")
        .endsWith("; its last trouble: LOGIN: refused");
  }

  @Test
  void failuresAreNamedAndCounted() {
    List<TableProgress> tables = List.of(DONE, FAILED, REQUESTED.planned(5, AT));
    assertThat(SyncReport.summary(tables))
        .isEqualTo("1 of 3 tables up to date, 1,000 rows; 1 FAILED; 1 not at its end in time");
    assertThat(SyncReport.failures(tables))
        .satisfiesExactly(
            items -> assertThat(items).isEqualTo("items: KEY_MISSING: no \"key\""),
            orders ->
                assertThat(orders).startsWith("orders: not at its end in time; it was extract"));
  }
}
