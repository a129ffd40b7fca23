package io.deltaferry.cli.sync;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Shows tables and their stages: redrawn in place on a terminal, else a line for each change. */
public final class ProgressView {
  private static final String CLEAR_LINE = "\u001b[2K";

  /** A line that wraps cannot be redrawn in place. */
  private static final int WIDTH = 79;

  private final PrintWriter out;
  private final boolean terminal;
  private final Map<String, Stage> shown = new HashMap<>();
  private int drawn;

  public ProgressView(PrintWriter out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  public void show(List<TableProgress> tables) {
    if (terminal) {
      if (drawn > 0) {
        out.print("\u001b[" + drawn + "A");
      }
      tables.forEach(table -> out.println(CLEAR_LINE + cut(line(table))));
      drawn = tables.size();
    } else {
      for (TableProgress table : tables) {
        if (shown.put(table.table(), table.stage()) != table.stage()) {
          out.println(line(table));
        }
      }
    }
    out.flush();
  }

  private static String line(TableProgress table) {
    String result =
        switch (table.stage()) {
          case REQUESTED, EXTRACTING, LOADING, MERGING -> "";
          case DONE ->
              String.format(Locale.ROOT, "%,d rows%s", table.rows(), seconds(table.total()));
          case FAILED -> failure(table.error());
        };
    return String.format(
            Locale.ROOT, "  %-28s %-10s %s", table.table(), table.stage().word(), result)
        .stripTrailing();
  }

  private static String failure(@Nullable RunFailure failure) {
    return failure == null ? "" : failure.text();
  }

  private static String cut(String line) {
    return line.length() <= WIDTH ? line : line.substring(0, WIDTH - 1) + "…";
  }

  private static String seconds(@Nullable Duration duration) {
    return duration == null
        ? ""
        : String.format(Locale.ROOT, " in %.1f s", duration.toMillis() / 1000.0);
  }
}
