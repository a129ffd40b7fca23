package io.deltaferry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltaferry.cli.demo.DemoTable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
      while (lines.isEmpty() || !lines.get(lines.size() - 1).contains("control.sync_runs")) {
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

  private static void assertEqualTables(String output) {
    for (DemoTable table : DemoTable.all()) {
      assertThat(output).containsPattern(table.name() + " .* yes\\s*(\\n|$)");
    }
    assertThat(output).contains("Every table is equal on both sides.");
  }
}
