package io.deltaferry.cli.sync;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What {@code sync} says when it is over. */
public final class SyncReport {
  private static final double MILLIS = 1000.0;

  private SyncReport() {}

  /**
   * One JSON object in one line: {@code state} is {@code done}, {@code failed} or {@code timed_out}
   * ({@code requested} when nobody waited).
   */
  public static String json(TableProgress table, boolean waited) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("table", table.table());
    node.put("request_id", table.requestId());
    node.put("state", state(table, waited));
    if (waited) {
      Duration total = table.total();
      RunFailure failure = failure(table);
      node.put("run", table.seq() == 0 ? null : table.seq());
      node.put("rows", table.rows());
      node.put("seconds", total == null ? null : total.toMillis() / MILLIS);
      node.put("error_code", failure == null ? null : failure.code());
      node.put("error", failure == null ? null : failure.message());
    }
    return node.toString();
  }

  /** A line for each table that is not done, with the whole reason. */
  public static List<String> failures(List<TableProgress> tables) {
    return tables.stream()
        .filter(table -> table.stage() != Stage.DONE)
        .map(table -> table.table() + ": " + reason(table))
        .toList();
  }

  /** All of it in one line. */
  public static String summary(List<TableProgress> tables) {
    long done = count(tables, table -> table.stage() == Stage.DONE);
    long failed = count(tables, table -> table.stage() == Stage.FAILED);
    long late = tables.size() - done - failed;
    long rows = tables.stream().mapToLong(TableProgress::rows).sum();
    String good =
        String.format(
            Locale.ROOT, "%d of %d tables up to date, %,d rows", done, tables.size(), rows);
    return good
        + (failed == 0 ? "" : "; " + failed + " FAILED")
        + (late == 0 ? "" : "; " + late + " not at its end in time");
  }

  private static long count(List<TableProgress> tables, Predicate<TableProgress> wanted) {
    return tables.stream().filter(wanted).count();
  }

  private static String state(TableProgress table, boolean waited) {
    return switch (table.stage()) {
      case REQUESTED, EXTRACTING, LOADING, MERGING -> waited ? "timed_out" : "requested";
      case DONE, FAILED -> table.stage().word();
    };
  }

  private static String reason(TableProgress table) {
    RunFailure failure = failure(table);
    return failure == null ? "" : failure.text();
  }

  private static String trouble(@Nullable RunFailure last) {
    return last == null ? "" : "; its last trouble: " + last.text();
  }

  private static @Nullable RunFailure failure(TableProgress table) {
    return switch (table.stage()) {
      case DONE -> null;
      case FAILED -> table.error();
      case REQUESTED, EXTRACTING, LOADING, MERGING ->
          new RunFailure(
              null,
              "not at its end in time; it was "
                  + table.stage().word()
                  + " and goes on by itself: `deltaferry status` shows it"
                  + trouble(table.error()));
    };
  }
}
