package io.deltaferry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code local} as a process: announces itself, stops on SIGTERM, and goes on where it was. */
class LocalStackIT {
  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it first
  private Path directory;

  @Test
  void itsDataDirectoryOutlivesIt() throws Exception {
    Path data = directory.resolve("my data");
    try (Shop shop = Shop.open(directory)) {
      try (LocalProcess local = start(shop, data)) {
        assertAnnounced(local.ready(), data);
        assertOptions();
        CommandRun sync = on(data, "sync", "orders");
        assertThat(sync.exit()).as(sync.err()).isZero();
        try (LocalProcess second = start(shop, data)) {
          assertThat(second.end()).isEqualTo(ExitCode.FAILED);
          assertThat(second.stderr()).contains("a stack runs on").contains("already");
        }
        assertThat(local.terminate()).as(local.stderr()).isZero();
      }
      assertThat(data.resolve("ready.json")).doesNotExist();
      assertThat(on(data, "status").err()).contains("no local stack runs on");
      shop.execute("UPDATE shop.orders SET amount = 0, changed_at = now() + interval '1 hour'");
      try (LocalProcess local = start(shop, data)) {
        assertThat(local.ready().path("ready").asBoolean()).isTrue();
        assertThat(count(data, "amount > 0")).isEqualTo("1000");
        assertThat(on(data, "sync", "orders").out()).contains("1 of 1 tables up to date");
        assertThat(count(data, "amount > 0")).isEqualTo("0");
        assertThat(on(data, "status", "--json").json("orders").path("run").asInt()).isEqualTo(2);
        assertThat(local.terminate()).as(local.stderr()).isZero();
      }
    }
  }

  private LocalProcess start(Shop shop, Path data) {
    return LocalProcess.start(
        directory.resolve("stderr.log"),
        Map.of(
            "PGUSER",
            "postgres",
            "PGPASSWORD",
            "postgres",
            "DELTAFERRY_SERVICE_JAVA_OPTS",
            "-XX:TieredStopAtLevel=1 -Xlog:gc:file=" + directory.resolve("%p.gc")),
        "local",
        "--source",
        shop.url(),
        "--tables",
        shop.tables().toString(),
        "--data-dir",
        data.toString(),
        "--ports-from",
        Integer.toString(FreePorts.inARow()));
  }

  /** Each service's JVM was told to keep a log of its own. */
  private void assertOptions() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files.filter(file -> file.toString().endsWith(".gc"))).hasSize(3);
    }
  }

  private static void assertAnnounced(JsonNode ready, Path data) {
    assertThat(ready.fieldNames())
        .toIterable()
        .containsExactly(
            "ready",
            "project",
            "bigquery",
            "storage",
            "pubsub",
            "pubsub_rest",
            "extractor",
            "loader",
            "merger",
            "data_dir");
    assertThat(ready.path("ready").asBoolean()).isTrue();
    assertThat(ready.path("project").asText()).isEqualTo("shop-local");
    assertThat(ready.path("data_dir").asText()).isEqualTo(data.toString());
    assertThat(Files.exists(data.resolve("ready.json"))).isTrue();
  }

  private static String count(Path data, String condition) {
    CommandRun query =
        on(
            data,
            "query",
            "--format",
            "csv",
            "SELECT COUNT(*) FROM target.orders WHERE " + condition);
    return query.out().lines().skip(1).findFirst().orElse(query.err());
  }

  private static CommandRun on(Path data, String... arguments) {
    String[] all = java.util.Arrays.copyOf(arguments, arguments.length + 2);
    all[arguments.length] = "--data-dir";
    all[arguments.length + 1] = data.toString();
    return CommandRun.of(all);
  }
}
