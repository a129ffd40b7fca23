package io.deltaferry.cli.demo;

import io.deltaferry.cli.compare.TableComparison;
import io.deltaferry.cli.query.TextTable;
import io.deltaferry.cli.sync.TableProgress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The demo's last word: one line per table, and what differs below. */
final class DemoReport {
  private static final List<String> HEADS =
      List.of(
          "table",
          "first copy",
          "extract s",
          "load s",
          "merge s",
          "rows/s",
          "changed",
          "delta",
          "delta s",
          "rows now",
          "equal");

  private DemoReport() {}

  /**
   * The lines.
   *
   * @param first the runs that copied everything
   * @param second the runs that brought the changes
   * @param changed how many rows were changed in between
   */
  static List<String> lines(
      List<TableProgress> first,
      List<TableProgress> second,
      Map<String, Long> changed,
      Map<String, TableComparison> comparisons) {
    List<Boolean> right = new ArrayList<>();
    HEADS.forEach(head -> right.add(!head.equals("table") && !head.equals("equal")));
    TextTable table = new TextTable(HEADS, right);
    for (int i = 0; i < first.size(); i++) {
      TableProgress copy = first.get(i);
      TableProgress delta = second.get(i);
      TableComparison comparison = comparisons.get(copy.table());
      table.add(
          List.of(
              copy.table(),
              count(copy.rows()),
              seconds(copy.extracting()),
              seconds(copy.loading()),
              seconds(copy.merging()),
              rate(copy),
              count(changed.getOrDefault(copy.table(), 0L)),
              count(delta.rows()),
              seconds(delta.total()),
              comparison == null ? "-" : count(comparison.targetRows()),
              comparison == null || !comparison.equal() ? "NO" : "yes"));
    }
    List<String> lines = new ArrayList<>(table.lines());
    second.forEach(run -> lines.addAll(details(run, comparisons.get(run.table()))));
    return lines;
  }

  private static List<String> details(TableProgress run, @Nullable TableComparison comparison) {
    if (comparison == null) {
      return List.of(run.table() + ": not compared");
    }
    return comparison.equal() ? List.of() : List.of(run.table() + ": " + comparison.summary());
  }

  private static String rate(TableProgress run) {
    Duration total = run.total();
    return total == null || total.isZero()
        ? "-"
        : count(Math.round(run.rows() * 1000.0 / total.toMillis()));
  }

  private static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  private static String seconds(@Nullable Duration duration) {
    return duration == null
        ? "-"
        : String.format(Locale.ROOT, "%.1f", duration.toMillis() / 1000.0);
  }
}
