package io.deltaferry.cli.doctor;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deltaferry.cli.query.TextTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** How diagnoses are shown. */
public final class DoctorReport {
  private static final List<String> HEADS = List.of("state", "area", "check", "found");
  private static final List<Boolean> RIGHT = List.of(false, false, false, false);

  /** Head and rule. */
  private static final int LINES_BEFORE_ROWS = 2;

  private static final String INDENT = " ".repeat(State.NOT_CHECKED.word().length() + 2);

  private DoctorReport() {}

  /**
   * A line for each check, with what mends it below, and the sum of all. Neighbours that were not
   * checked for one reason share a line.
   *
   * @param terminal whether states may be coloured
   */
  public static List<String> lines(List<Diagnosis> diagnoses, boolean terminal) {
    List<Row> rows = Row.of(diagnoses);
    TextTable table = new TextTable(HEADS, RIGHT);
    rows.forEach(row -> table.add(row.cells()));
    List<String> text = table.lines();
    List<String> lines = new ArrayList<>(text.subList(0, LINES_BEFORE_ROWS));
    for (int i = 0; i < rows.size(); i++) {
      Row row = rows.get(i);
      String line = text.get(LINES_BEFORE_ROWS + i);
      lines.add(terminal ? coloured(row.state(), line) : line);
      row.remedies().forEach(remedy -> lines.add(INDENT + remedy.line()));
    }
    lines.add("");
    lines.add(summary(diagnoses));
    return lines;
  }

  /** One JSON object in one line. */
  public static String json(Diagnosis diagnosis) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("area", diagnosis.area());
    node.put("check", diagnosis.name());
    node.put("state", diagnosis.state().name().toLowerCase(Locale.ROOT));
    node.put("found", diagnosis.finding().found());
    node.putArray("remedies");
    for (Remedy remedy : diagnosis.finding().remedies()) {
      node.withArray("remedies")
          .addObject()
          .put("kind", remedy.kind().name().toLowerCase(Locale.ROOT))
          .put("text", remedy.text());
    }
    return node.toString();
  }

  private static String summary(List<Diagnosis> diagnoses) {
    return diagnoses.size()
        + " checks: "
        + Arrays.stream(State.values())
            .map(state -> count(diagnoses, state) + " " + state.word())
            .collect(Collectors.joining(", "));
  }

  private static long count(List<Diagnosis> diagnoses, State state) {
    return diagnoses.stream().filter(diagnosis -> diagnosis.state() == state).count();
  }

  private static String coloured(State state, String row) {
    String word = state.word();
    return colour(state) + word + "\u001b[0m" + row.substring(word.length());
  }

  private static String colour(State state) {
    return switch (state) {
      case OK -> "\u001b[32m";
      case WARNING -> "\u001b[33m";
      case MISSING -> "\u001b[1;31m";
      case NOT_CHECKED -> "\u001b[2m";
    };
  }
}
