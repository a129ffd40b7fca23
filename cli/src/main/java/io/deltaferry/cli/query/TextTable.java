package io.deltaferry.cli.query;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Lines of a table with aligned columns; cells are one line each. */
public final class TextTable {
  private final List<String> heads;
  private final List<Boolean> right;
  private final int[] widths;
  private final List<List<String>> rows = new ArrayList<>();

  /**
   * @param right per column, whether it is aligned to the right, as numbers are
   */
  public TextTable(List<String> heads, List<Boolean> right) {
    this.heads = List.copyOf(heads);
    this.right = List.copyOf(right);
    this.widths = heads.stream().mapToInt(DisplayWidth::of).toArray();
  }

  public void add(List<String> cells) {
    rows.add(List.copyOf(cells));
    for (int i = 0; i < widths.length; i++) {
      widths[i] = Math.max(widths[i], DisplayWidth.of(cells.get(i)));
    }
  }

  /** Head, rule, and a line for each row so far. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(line(heads));
    lines.add(
        String.join("  ", Arrays.stream(widths).mapToObj(width -> "─".repeat(width)).toList()));
    rows.forEach(row -> lines.add(line(row)));
    return lines;
  }

  /** One more row in the widths known so far; a wider cell pushes the rest to the right. */
  String line(List<String> cells) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < cells.size(); i++) {
      String padding = " ".repeat(Math.max(0, widths[i] - DisplayWidth.of(cells.get(i))));
      line.append(i == 0 ? "" : "  ")
          .append(right.get(i) ? padding + cells.get(i) : cells.get(i) + padding);
    }
    return line.toString().stripTrailing();
  }
}
