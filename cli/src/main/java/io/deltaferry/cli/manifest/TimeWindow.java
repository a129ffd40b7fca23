package io.deltaferry.cli.manifest;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The conditions of a query, parted into its window of time and the others.
 *
 * @param cursor the column whose values the window bounds; null when there is no window
 * @param others conditions that hold of every run
 * @param odd conditions with a placeholder that bound no column in a known form
 */
record TimeWindow(@Nullable String cursor, List<String> others, List<String> odd) {
  /** A placeholder of the pipeline, such as {EXECUTION_DATE}. */
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{[A-Z_]+}");

  private static final Pattern BOUND =
      Pattern.compile("(?s)(?<column>[^<>=()]+?)\\s*(?:>=|<=|>|<|(?i:\\s(?:between)\\s)).+");

  static boolean isIn(String sql) {
    return PLACEHOLDER.matcher(sql).find();
  }

  static TimeWindow of(List<String> conditions) {
    List<String> others = new ArrayList<>();
    List<String> odd = new ArrayList<>();
    Set<String> cursors = new HashSet<>();
    for (String condition : conditions) {
      if (!isIn(condition)) {
        others.add(condition);
      } else {
        bounded(condition).ifPresentOrElse(cursors::add, () -> odd.add(condition));
      }
    }
    if (cursors.size() > 1) {
      odd.add("a window over " + String.join(" and ", cursors.stream().sorted().toList()));
    }
    return new TimeWindow(cursors.size() == 1 ? cursors.iterator().next() : null, others, odd);
  }

  private static Optional<String> bounded(String condition) {
    Matcher bound = BOUND.matcher(condition);
    return bound.matches() && !SqlTokens.of(condition).has("OR")
        ? Select.name(bound.group("column")).map(parts -> parts.get(parts.size() - 1))
        : Optional.empty();
  }
}
