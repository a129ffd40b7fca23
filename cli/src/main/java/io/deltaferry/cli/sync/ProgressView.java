package io.deltaferry.cli.sync;

import io.deltaferry.cli.query.DisplayWidth;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Shows tables and their stages: redrawn in place where a terminal can, else a line a change. */
public final class ProgressView {
  private static final String CLEAR_LINE = "\u001b[2K";

  /** A line that wraps cannot be redrawn in place. */
  private static final int WIDTH = 79;

  /** Lines that have left the top of a terminal cannot be redrawn either. */
  private static final int REDRAWN = 20;

  private final PrintWriter out;
  private final boolean terminal;
  private final Map<String, String> shown = new HashMap<>();
  private int drawn;

  public ProgressView(PrintWriter out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  public void show(List<TableProgress> tables) {
    if (terminal && tables.size() <= REDRAWN) {
      if (drawn > 0) {
        out.print("\u001b[" + drawn + "A");
      }
      tables.forEach(table -> out.println(CLEAR_LINE + DisplayWidth.cut(line(table), WIDTH)));
      drawn = tables.size();
    } else {
      for (TableProgress table : tables) {
        String line = line(table);
        if (!line.equals(shown.put(table.table() + " " + table.requestId(), line))) {
          out.println(line);
        }
      }
    }
    out.flush();
  }

  private static String line(TableProgress table) {
    String result =
        switch (table.stage()) {
          case REQUESTED, EXTRACTING, LOADING, MERGING -> underWay(table);
          case DONE ->
              String.format(Locale.ROOT, "%,d rows%s", table.rows(), seconds(table.total()));
          case FAILED -> failure(table.error());
        };
    return String.format(
            Locale.ROOT, "  %-28s %-10s %s", table.table(), table.stage().word(), result)
        .stripTrailing();
  }

  private static String underWay(TableProgress table) {
    String soFar =
        table.rows() == 0 ? "" : String.format(Locale.ROOT, "%,d rows so far", table.rows());
    return table.error() == null ? soFar : trouble(table.error());
  }

  private static String failure(@Nullable RunFailure failure) {
    return failure == null ? "" : failure.text();
  }

  private static String trouble(@Nullable RunFailure trouble) {
    return trouble == null ? "" : "trouble: " + trouble.text();
  }

  private static String seconds(@Nullable Duration duration) {
    return duration == null
        ? ""
        : String.format(Locale.ROOT, " in %.1f s", duration.toMillis() / 1000.0);
  }
}
