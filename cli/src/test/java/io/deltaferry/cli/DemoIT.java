package io.deltaferry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltaferry.cli.demo.DemoTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole demo, kept and stopped, and once more on the data it left. */
class DemoIT {
  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it first
  private Path directory;

  @Test
  void everyTableIsEqualAndTheDataCanBeUsedAgain() throws InterruptedException {
    Path data = directory.resolve("demo data");
    Path err = directory.resolve("stderr.log");
    String ports = Integer.toString(FreePorts.inARow());
    try (LocalProcess demo =
        LocalProcess.start(
            err,
            Map.of(),
            "demo",
            "--keep",
            "--flights",
            "500",
            "--data-dir",
            data.toString(),
            "--ports-from",
            ports)) {
      List<String> lines = new ArrayList<>();
      while (lines.isEmpty()
          || !lines.get(lines.size() - 1).contains("the runs in control.sync_runs.")) {
        lines.add(demo.line());
      }
      assertEqualTables(String.join("\n", lines));
      assertThat(lines)
          .anyMatch(line -> line.contains("gcloud pubsub topics publish extract-requests"))
          .anyMatch(line -> line.contains("bq --api http://127.0.0.1:"))
          .anyMatch(line -> line.contains("gcloud storage ls gs://deltaferry-local-staging/"))
          .anyMatch(line -> line.contains("./deltaferry sync flights --data-dir '" + data + "'"));
      assertThat(CommandRun.of("status", "--data-dir", data.toString()).out())
          .contains("flights", "completed");
      assertThat(demo.terminate()).as(demo.stderr()).isZero();
    }
    try (LocalProcess again =
        LocalProcess.start(
            err, Map.of(), "demo", "--data-dir", data.toString(), "--ports-from", ports)) {
      String output = again.rest();
      assertThat(output).contains("the tables of an earlier demo are used again");
      assertEqualTables(output);
      assertThat(again.end()).isZero();
    }
  }

  @Test
  void aDemoThatFailsSaysWhatAndKeepsItsData() throws IOException {
    Path flights = Files.writeString(directory.resolve("flights.parquet"), "none");
    CommandRun demo = CommandRun.of("demo", "--flights", "5", "--flights-file", flights.toString());
    assertThat(demo.exit()).isEqualTo(ExitCode.FAILED);
    assertThat(demo.err()).startsWith("deltaferry: ").contains(flights.toString());
    Matcher kept = Pattern.compile("the data and all logs are in (.+)\\.\\n").matcher(demo.out());
    assertThat(kept.find()).as(demo.out()).isTrue();
    Path data = Path.of(kept.group(1));
    assertThat(data.resolve("postgres/postgres.log")).exists();
    try (Stream<Path> files = Files.walk(data)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private static void assertEqualTables(String output) {
    for (DemoTable table : DemoTable.all()) {
      assertThat(output).containsPattern(table.name() + " .* yes\\s*(\\n|$)");
    }
    assertThat(output).contains("Every table is equal on both sides.");
  }
}
