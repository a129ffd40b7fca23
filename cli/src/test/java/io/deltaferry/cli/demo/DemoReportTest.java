package io.deltaferry.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltaferry.cli.compare.TableComparison;
import io.deltaferry.cli.sync.TableProgress;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DemoReportTest {
  private static final List<TableProgress> RUNS = List.of(run("orders"), run("items"), run("lost"));

  @Test
  void whatDiffersStandsBelowTheTable() {
    TableComparison equal = new TableComparison(5, 5, 0, 0, 0, Map.of(), List.of(), 0);
    TableComparison unequal =
        new TableComparison(9, 8, 1, 0, 3, Map.of("amount", 3L), List.of(), 0);
    List<String> lines =
        DemoReport.lines(
            RUNS, RUNS, Map.of("orders", 2L), Map.of("orders", equal, "items", unequal));
    assertThat(lines).hasSize(7);
    assertThat(lines.get(2)).startsWith("orders").endsWith("5  yes");
    assertThat(lines.get(3)).startsWith("items").endsWith("8  NO");
    assertThat(lines.get(4)).startsWith("lost").endsWith("-  NO");
    assertThat(lines.subList(5, 7))
        .containsExactly("items: 1 missing; 3 different in {amount=3}", "lost: not compared");
  }

  private static TableProgress run(String table) {
    Instant now = Instant.parse("2026-03-01T12:00:00Z");
    return new TableProgress(
        table, "request", io.deltaferry.cli.sync.Stage.DONE, 1, 10, now, now, now, now, now, null);
  }
}
