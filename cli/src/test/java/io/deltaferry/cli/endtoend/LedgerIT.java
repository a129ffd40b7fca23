package io.deltaferry.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.deltaferry.cli.CommandRun;
import io.deltaferry.cli.ExitCode;
import io.deltaferry.error.ErrorCode;
import io.deltaferry.message.ExtractRequest;
import io.deltaferry.message.Messages;
import io.deltaferry.message.SyncCompleted;
import io.deltaferry.message.SyncOutcome;
import io.deltaferry.run.ObjectNames;
import io.deltaferry.run.RunId;
import io.deltaferry.service.Topology;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the ledger, its views and {@code status} say of runs, however those end. */
@ExtendWith(BadInputWorld.class)
class LedgerIT {
  private final World world;

  LedgerIT(World world) {
    this.world = world;
  }

  @Test
  void eachEndIsInTheReport() {
    world.create("told");
    world.assertSyncs("told");
    String empty = awaitEmpty("told");
    world.postgres().run("ALTER TABLE told DROP CONSTRAINT told_pkey");
    world.assertRefused("told", ErrorCode.KEY_MISSING, "`key`");
    world.assertRefused("told", ErrorCode.KEY_MISSING, "`key`");
    awaitReport("told", "failed failed KEY_MISSING", 2);
    assertThat(report("told")).contains("completed completed ∅", empty);

    assertThat(
            world
                .stack()
                .query(
                    "SELECT consecutive_failures, error_code, lag_seconds < 300 FROM"
                        + " control.sync_tables WHERE table_name = 'told'"))
        .containsExactly("2|KEY_MISSING|true");
    JsonNode status = status("told");
    assertThat(status.path("state").asText()).isEqualTo("failed");
    assertThat(status.path("consecutive_failures").asLong()).isEqualTo(2);
    assertThat(status.path("error_code").asText()).isEqualTo("KEY_MISSING");

    world.postgres().run("ALTER TABLE told ADD PRIMARY KEY (id)");
    world.stack().query("UPDATE control.state__told SET seq = 99 WHERE TRUE");
    world.touch("told");
    assertThat(world.stack().sync("told").outcome()).isEqualTo(SyncOutcome.SUPERSEDED);
    awaitReport("told", "failed superseded ∅", 1);
    assertThat(world.stack().query("SELECT seq FROM control.sync_state WHERE table_name = 'told'"))
        .containsExactly("99");
    assertThat(events("told", 1))
        .contains("completed", "loaded", "planned", "slice_staged", "staged");
    world.assertNothingLeaked();
  }

  /** Two ticks meet a run that is in the midst of its rows; one of them stands for both. */
  @Test
  void aRunThatWorksIsInTheReportAndSoAreThoseWhoWaitForIt() {
    world.create("told_live");
    world
        .postgres()
        .run("INSERT INTO told_live SELECT n, md5(n::text), now() FROM generate_series(4, 9000) n");
    String request;
    try (Gate gate = Gate.shut(world.postgres())) {
      gate.into("told_live", 8_000);
      request = world.stack().request("told_live");
      world.stack().awaitPlan(new RunId("told_live", 1));
      tick("2026-11-20T10:00:00Z");
      tick("2026-11-20T10:15:00Z");
      awaitReport("told_live", "pending ∅ ∅", 2);
      awaitReport("told_live", "running ∅ ∅", 1);
      assertThat(
              world
                  .stack()
                  .query(
                      "SELECT stage, progress, waiting_requests, fresh_as_of FROM"
                          + " control.sync_tables WHERE table_name = 'told_live'"))
          .containsExactly("extracting|0.0|2|∅");
      JsonNode status = status("told_live");
      assertThat(status.path("state").asText()).isEqualTo("running");
      assertThat(status.path("stage").asText()).isEqualTo("extracting");
      assertThat(status.path("progress").asDouble(-1)).isZero();
      assertThat(status.path("slices").asLong()).isPositive();
      assertThat(status.path("seconds_left").isNull()).isTrue();
    }
    SyncCompleted end = world.stack().await(request);
    assertThat(end.outcome()).as("%s", end).isEqualTo(SyncOutcome.COMPLETED);
    awaitReport("told_live", "completed skipped ∅", 1);
    awaitReport("told_live", "pending ∅ ∅", 0);
  }

  private void tick(String time) {
    ExtractRequest request =
        new ExtractRequest("told_live", null, ExtractRequest.tickId(Instant.parse(time)));
    world.stack().publish(Topology.DEFAULT.topics().extractRequests(), Messages.encode(request));
    world
        .stack()
        .awaitObject(
            ObjectNames.pending(new RunId("told_live", 1), String.valueOf(request.requestId())));
  }

  /** A table at rest is known by what the run before it read. */
  private String awaitEmpty(String table) {
    SyncCompleted end = world.stack().sync(table);
    for (int runs = 0; end.outcome() != SyncOutcome.EMPTY && runs < 3; runs++) {
      end = world.stack().sync(table);
    }
    assertThat(end.outcome()).isEqualTo(SyncOutcome.EMPTY);
    return "completed empty ∅";
  }

  private void awaitReport(String table, String line, int times) {
    Waiting.until(
        times + " of " + line + " of " + table,
        RunningStack.PATIENCE,
        () -> report(table).stream().filter(line::equals).count() == times);
  }

  private List<String> report(String table) {
    return world
        .stack()
        .query(
            "SELECT state, outcome, error_code FROM control.sync_report WHERE table_name = '"
                + table
                + "' ORDER BY run")
        .stream()
        .map(row -> row.replace('|', ' '))
        .toList();
  }

  private List<String> events(String table, long seq) {
    return world
        .stack()
        .query(
            "SELECT DISTINCT event FROM control.sync_events WHERE table_name = '%s' AND seq = %d"
                .formatted(table, seq));
  }

  private JsonNode status(String table) {
    CommandRun run = world.stack().run("status", "--json");
    assertThat(run.exit()).as(run.err()).isEqualTo(ExitCode.OK);
    return run.json(table);
  }
}
