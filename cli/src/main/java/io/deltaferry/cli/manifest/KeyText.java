package io.deltaferry.cli.manifest;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The key columns that a manifest means.
 *
 * @param glued whether they stood in an expression that makes one value of them
 */
record KeyText(List<String> columns, boolean glued) {
  private static final Pattern CONCAT = Pattern.compile("(?is)concat(?:_ws)?\\s*\\((.*)\\)");

  /** The columns of a list of names, or of names glued together; none for anything else. */
  static KeyText of(String text) {
    Matcher concat = CONCAT.matcher(text.strip());
    boolean glued = concat.matches() || text.contains("||");
    String list = concat.matches() ? concat.group(1) : text.replace("||", ",");
    List<String> columns = new ArrayList<>();
    for (String part : SqlTokens.of(list).split(",")) {
      if (glued && part.startsWith("'")) {
        continue;
      }
      List<String> name = Select.name(part).orElse(List.of());
      if (name.isEmpty()) {
        return new KeyText(List.of(), glued);
      }
      columns.add(name.get(name.size() - 1));
    }
    return new KeyText(columns.stream().distinct().toList(), glued);
  }
}
