package io.deltaferry.cli.backfill;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deltaferry.cli.query.TextTable;
import io.deltaferry.plan.History.Period;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The periods of a backfill for a person, or one JSON object each. */
public final class PeriodReport {
  private static final ObjectMapper JSON = new ObjectMapper();

  private PeriodReport() {}

  /** A table of them, and how much it is. */
  public static List<String> lines(String table, List<Period> open) {
    if (open.isEmpty()) {
      return List.of("Nothing to fill: the target has every period of " + table + ".");
    }
    TextTable text =
        new TextTable(
            List.of("period", "state", "source rows", "target rows"),
            List.of(false, false, true, true));
    open.forEach(
        period ->
            text.add(
                List.of(
                    start(period),
                    state(period),
                    count(period.sourceRows()),
                    count(period.targetRows()))));
    List<String> lines = new ArrayList<>(text.lines());
    lines.add(
        "%d periods, %s rows to read"
            .formatted(open.size(), count(open.stream().mapToLong(Period::sourceRows).sum())));
    return lines;
  }

  /** A line for each. */
  public static List<String> json(List<Period> open) {
    return open.stream().map(PeriodReport::json).toList();
  }

  private static String json(Period period) {
    ObjectNode json = JSON.createObjectNode();
    json.put("period", period.start() == null ? null : period.start().toString());
    json.put("state", state(period));
    json.put("source_rows", period.sourceRows()).put("target_rows", period.targetRows());
    json.put("newest", period.newest());
    return json.toString();
  }

  private static String start(Period period) {
    return period.start() == null ? "without a date" : period.start().toString();
  }

  private static String state(Period period) {
    return period.state().name().toLowerCase(Locale.ROOT);
  }

  private static String count(long rows) {
    return String.format(Locale.ROOT, "%,d", rows);
  }
}
