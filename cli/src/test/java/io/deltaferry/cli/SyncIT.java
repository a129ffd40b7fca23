package io.deltaferry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.cloud.pubsub.v1.SubscriptionAdminClient;
import com.google.pubsub.v1.ProjectName;
import com.google.pubsub.v1.Subscription;
import io.deltaferry.cli.local.PubSubAdmin;
import io.deltaferry.gcp.GoogleClients;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** {@code sync}, {@code status} and {@code query} against a stack that another process runs. */
@ExtendWith(SharedStack.class)
class SyncIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Test
  void bringsTheNamedTablesByPriorityAndLeavesNothingBehind(SharedStack.Running stack) {
    // The stack is shared: whatever another test has synced, every row is new again.
    stack.shop().execute("UPDATE shop.orders SET changed_at = clock_timestamp()");
    stack.shop().execute("UPDATE shop.customers SET changed_at = clock_timestamp()");
    CommandRun sync = stack.run("sync", "customers", "orders");
    assertThat(sync.exit()).as(sync.err()).isZero();
    assertThat(sync.err()).isEmpty();
    assertThat(sync.out())
        .containsSubsequence("orders", "requested", "customers", "requested")
        .containsPattern("orders +done +1,000 rows in [0-9.]+ s")
        .endsWith("2 of 2 tables up to date, 1,002 rows\n");
    CommandRun query =
        stack.run("query", "--format", "csv", "SELECT COUNT(*), MAX(id) FROM target.orders");
    assertThat(query.out().lines()).last().isEqualTo("1000,1000");
    assertThat(subscriptionsOfWaiters(stack)).isEmpty();
  }

  @Test
  void failsWithTheReasonOfEachTable(SharedStack.Running stack) {
    CommandRun sync = stack.run("sync", "--json", "lost", "customers");
    assertThat(sync.exit()).isEqualTo(ExitCode.FAILED);
    JsonNode lost = sync.json("lost");
    assertThat(lost.path("state").asText()).isEqualTo("failed");
    assertThat(lost.path("error_code").asText()).isEqualTo("SOURCE_MISSING");
    assertThat(lost.path("error").asText()).contains("no_such_table");
    JsonNode customers = sync.json("customers");
    assertThat(customers.path("state").asText()).isEqualTo("done");
    assertThat(customers.path("error_code").isNull()).isTrue();
    assertThat(sync.json()).hasSize(2);
    assertThat(sync.err()).contains("deltaferry: lost: SOURCE_MISSING: ");

    CommandRun status = stack.run("status");
    assertThat(status.exit()).isZero();
    assertThat(status.out())
        .containsPattern("lost +failed +[0-9]+ ")
        .containsPattern("run [0-9]+ of lost failed[^:]*: SOURCE_MISSING: ");
    assertThat(stack.run("status", "--json").json("lost").path("error_code").asText())
        .isEqualTo("SOURCE_MISSING");
  }

  @Test
  void refusesAnUnknownTableBeforeAnythingIsPublished(SharedStack.Running stack) {
    long before = stack.lastRunOf("untouched");
    CommandRun sync = stack.run("sync", "untouched", "custmers");
    assertThat(sync.exit()).isEqualTo(ExitCode.USAGE);
    assertThat(sync.err()).contains("custmers").contains("did you mean 'customers'?");
    assertThat(sync.out()).isEmpty();
    assertThat(stack.lastRunOf("untouched")).isEqualTo(before);
  }

  @Test
  void canBeLimitedToSomeTablesAndToAMode(SharedStack.Running stack) {
    CommandRun some = stack.run("sync", "--json", "--only", "incremental", "customers,orders");
    assertThat(some.exit()).as(some.err()).isZero();
    assertThat(some.json())
        .extracting(node -> node.path("table").asText())
        .containsExactly("orders", "customers");
    assertThat(stack.run("sync", "--only", "incremental", "orders,custmers").err())
        .contains("did you mean 'customers'?");
  }

  @Test
  void aTableAtRestCostsNoLoadAndNoMergeAndItsNextChangeArrives(SharedStack.Running stack) {
    // Everything; then its newest rows, read again; then the same rows once more.
    stack.run("sync", "resting");
    stack.run("sync", "resting");
    stack.run("sync", "resting");
    JsonNode rested = stack.run("status", "--json").json("resting");
    assertThat(rested.path("last_outcome").asText()).isEqualTo("empty");
    assertThat(merges(stack)).isLessThan(rested.path("last_ended_run").asLong());

    // A late commit with the very stamp of the newest rows.
    stack.shop().execute("INSERT INTO shop.resting SELECT 10, max(changed_at) FROM shop.resting");
    stack.run("sync", "resting");
    JsonNode changed = stack.run("status", "--json").json("resting");
    assertThat(changed.path("last_outcome").asText()).isEqualTo("completed");
    assertThat(changed.path("target_rows").asLong()).isEqualTo(10);
  }

  private static long merges(SharedStack.Running stack) {
    String sql = "SELECT COUNT(*) FROM control.sync_runs WHERE table_name = 'resting'";
    return stack
        .run("query", "--format", "csv", sql)
        .out()
        .lines()
        .skip(1)
        .mapToLong(Long::parseLong)
        .sum();
  }

  @Test
  void publishesAndLeavesWhenToldNotToWait(SharedStack.Running stack) throws InterruptedException {
    stack.run("sync", "orders");
    long runBefore = stack.lastRunOf("orders");
    stack.shop().execute("UPDATE shop.orders SET amount = 7, changed_at = now() WHERE id = 1");
    CommandRun sync = stack.run("sync", "--no-wait", "orders");
    assertThat(sync.exit()).isZero();
    assertThat(sync.out()).matches("orders cli-[0-9a-f-]{36}\n");
    JsonNode orders = stack.awaitRunAfter("orders", runBefore);
    assertThat(orders.path("last_outcome").asText()).isEqualTo("completed");
    assertThat(orders.path("target_rows").asLong()).isEqualTo(1_000);
    assertThat(orders.path("lag_seconds").asLong()).isLessThan(PATIENCE.toSeconds());
    assertThat(orders.path("watermark").asText()).startsWith("20");
    assertThat(
            stack
                .run("query", "--format", "json", "SELECT amount FROM target.orders WHERE id=1")
                .out())
        .isEqualTo("{\"amount\":\"7\"}\n");
  }

  @Test
  void givesUpInTimeAndSaysThatTheRunGoesOn(SharedStack.Running stack) {
    CommandRun sync = stack.run("sync", "--timeout", "0s", "--json", "customers");
    assertThat(sync.exit()).isEqualTo(ExitCode.FAILED);
    assertThat(sync.json("customers").path("state").asText()).isEqualTo("timed_out");
    assertThat(sync.err()).contains("goes on by itself");
  }

  @Test
  void aWatchedStatusComesAgainUntilItIsStopped(SharedStack.Running stack, @TempDir Path directory)
      throws Exception {
    try (LocalProcess watch =
        LocalProcess.start(
            directory.resolve("err"),
            Map.of(),
            "status",
            "--watch",
            "--every",
            "PT0.2S",
            "--data-dir",
            stack.dataDir())) {
      for (int block = 0; block < 2; block++) {
        assertThat(Instant.parse(watch.line())).isBefore(Instant.now());
        assertThat(watch.line()).startsWith("table ").contains("watermark");
        while (!watch.line().isEmpty()) {
          // To the end of the block.
        }
      }
      assertThat(watch.terminate()).isZero();
      assertThat(watch.stderr()).doesNotContain("deltaferry:");
    }
  }

  @Test
  void findsTheStackThroughATableFileToo(SharedStack.Running stack) {
    CommandRun status = stack.run("status", "--tables", stack.shop().tables().toString(), "--json");
    assertThat(status.json())
        .extracting(node -> node.path("table").asText())
        .containsExactly("customers", "orders", "untouched", "lost", "resting");
  }

  private static List<String> subscriptionsOfWaiters(SharedStack.Running stack) {
    GoogleClients clients =
        new GoogleClients(
            stack.ready().path("project").asText(),
            Map.of("PUBSUB_EMULATOR_HOST", stack.ready().path("pubsub").asText()));
    try (PubSubAdmin admin = PubSubAdmin.connect(clients)) {
      SubscriptionAdminClient client = admin.subscriptions();
      return StreamSupport.stream(
              client
                  .listSubscriptions(ProjectName.of(clients.project()))
                  .iterateAll()
                  .spliterator(),
              false)
          .map(Subscription::getName)
          .filter(name -> name.contains("/sync-"))
          .toList();
    }
  }
}
