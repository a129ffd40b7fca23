package io.deltaferry.cli.status;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deltaferry.cli.query.TextTable;
import io.deltaferry.run.EndOfRun;
import io.deltaferry.run.RunProgress;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How statuses are shown. */
public final class StatusReport {
  private static final List<String> HEADS =
      List.of("table", "state", "run", "last ended", "rows", "in target", "lag", "watermark");
  private static final List<Boolean> RIGHT =
      List.of(false, false, true, false, true, true, true, false);
  private static final String NOTHING = "-";

  private StatusReport() {}

  /** A table, and below it what is too old, and the whole reason of each failure. */
  public static List<String> lines(List<TableStatus> tables, Instant now) {
    TextTable text = new TextTable(HEADS, RIGHT);
    tables.forEach(table -> text.add(cells(table, now)));
    List<String> lines = new ArrayList<>(text.lines());
    for (TableStatus table : tables) {
      if (table.stale(now)) {
        lines.add(
            "%s is stale: its lag is %s, its max_lag %s"
                .formatted(table.table(), lag(table.lag(now)), lag(table.maxLag())));
      }
      if (!table.quarantined().isEmpty()) {
        lines.add(
            "%s leaves out new columns until each stands under exclude, hash or include: %s"
                .formatted(table.table(), String.join(", ", table.quarantined())));
      }
      LiveRun live = table.live();
      if (live != null) {
        lines.add("run %d of %s %s".formatted(table.seq(), table.table(), progress(live, now)));
        if (live.trouble() != null) {
          lines.add(
              "run %d of %s is tried again: %s"
                  .formatted(table.seq(), table.table(), live.trouble()));
        }
      }
      LastMerged merged = table.merged();
      if (merged != null && !merged.lost().isEmpty()) {
        lines.add(
            "run %d of %s met values that BigQuery cannot hold: %s"
                .formatted(merged.seq(), table.table(), String.join(", ", merged.lost())));
      }
      lines.addAll(table.tasks().lines(table.table()));
      EndOfRun failure = table.failure();
      if (failure != null) {
        lines.add(
            "run %d of %s %s%s%s"
                .formatted(
                    failure.seq(),
                    table.table(),
                    failure.outcome().word(),
                    table.failures() > 1 ? " (" + table.failures() + " in a row)" : "",
                    reason(failure)));
      }
    }
    return lines;
  }

  /** Such as {@code [#####---------------] 26% extracting, 2 of 6 slices, 500,000 rows, ..}. */
  private static String progress(LiveRun live, Instant now) {
    RunProgress progress = live.progress();
    StringBuilder line =
        new StringBuilder(ProgressBar.of(progress.share()))
            .append(' ')
            .append(stage(live))
            .append(", %d of %d slices".formatted(progress.slicesStaged(), progress.slices()))
            .append(", ")
            .append(count(progress.rowsStaged()))
            .append(" rows");
    Long rate = live.rate(now);
    if (rate != null && progress.rowsStaged() > 0) {
      line.append(", ").append(count(rate)).append(" rows/s");
    }
    line.append(", ").append(lag(live.elapsed(now)));
    live.left(now).ifPresent(left -> line.append(", about ").append(lag(left)).append(" left"));
    return line.toString();
  }

  private static String stage(LiveRun live) {
    return live.progress().phase().name().toLowerCase(Locale.ROOT);
  }

  /** One JSON object in one line; times are ISO 8601 in UTC. */
  public static String json(TableStatus table, Instant now) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    EndOfRun last = table.last();
    EndOfRun failure = table.failure();
    Duration lag = table.lag(now);
    node.put("table", table.table());
    node.put("state", table.state().word());
    node.put("run", table.seq());
    node.put("since", text(table.since()));
    node.put("last_ended_run", last == null ? null : last.seq());
    node.put("last_outcome", last == null ? null : last.outcome().word());
    node.put("last_ended", last == null ? null : text(last.finished()));
    node.put("last_rows", last == null ? null : last.rows());
    node.put("target_rows", table.targetRows());
    node.put("fresh_as_of", text(table.freshAsOf()));
    node.put("lag_seconds", lag == null ? null : lag.toSeconds());
    node.put("max_lag_seconds", table.maxLag() == null ? null : table.maxLag().toSeconds());
    node.put("stale", table.stale(now));
    node.put("watermark", table.watermark());
    node.put("consecutive_failures", table.failures());
    node.set("losses", table.merged() == null ? null : table.merged().losses());
    node.put("quarantined", String.join(", ", table.quarantined()));
    table.tasks().into(node);
    live(node, table.live(), now);
    node.put(
        "error_code", failure == null || failure.code() == null ? null : failure.code().name());
    node.put("error", failure == null ? null : failure.message());
    return node.toString();
  }

  private static void live(ObjectNode node, @Nullable LiveRun live, Instant now) {
    RunProgress progress = live == null ? null : live.progress();
    node.put("stage", live == null ? null : stage(live));
    node.put("progress", progress == null ? null : rounded(progress.share()));
    node.put("elapsed_seconds", live == null ? null : live.elapsed(now).toSeconds());
    node.put(
        "seconds_left", live == null ? null : live.left(now).map(Duration::toSeconds).orElse(null));
    node.put("slices", progress == null ? null : progress.slices());
    node.put("slices_staged", progress == null ? null : progress.slicesStaged());
    node.put("rows_staged", progress == null ? null : progress.rowsStaged());
    node.put("rows_estimated", progress == null ? null : progress.rowsEstimated());
    node.put("rows_per_second", live == null ? null : live.rate(now));
    node.put("trouble", live == null ? null : live.trouble());
  }

  /** As exact as an estimate can be, and without the dust of binary fractions. */
  private static double rounded(double share) {
    return Math.round(share * 10_000) / 10_000.0;
  }

  private static List<String> cells(TableStatus table, Instant now) {
    EndOfRun last = table.last();
    return List.of(
        table.table(),
        table.state().word(),
        table.seq() == null ? NOTHING : table.seq().toString(),
        last == null ? NOTHING : last.finished().truncatedTo(ChronoUnit.SECONDS).toString(),
        last == null ? NOTHING : count(last.rows()),
        table.targetRows() == null ? NOTHING : count(table.targetRows()),
        lag(table.lag(now)),
        table.watermark() == null ? NOTHING : table.watermark());
  }

  private static String reason(EndOfRun failure) {
    return failure.code() == null ? "" : ": " + failure.code() + ": " + failure.message();
  }

  /** The two largest units, such as {@code 2d 4h}. */
  static String lag(@Nullable Duration lag) {
    if (lag == null) {
      return NOTHING;
    }
    if (lag.toDays() > 0) {
      return lag.toDays() + "d " + lag.toHoursPart() + "h";
    }
    if (lag.toHours() > 0) {
      return lag.toHours() + "h " + lag.toMinutesPart() + "m";
    }
    return lag.toMinutes() > 0
        ? lag.toMinutes() + "m " + lag.toSecondsPart() + "s"
        : lag.toSeconds() + "s";
  }

  private static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  private static @Nullable String text(@Nullable Instant instant) {
    return instant == null ? null : instant.toString();
  }
}
