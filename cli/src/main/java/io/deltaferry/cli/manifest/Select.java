package io.deltaferry.cli.manifest;

import io.deltaferry.sql.PgIdentifier;
import io.deltaferry.table.PostgresName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A SELECT in its pieces.
 *
 * @param items of the list
 * @param from all of the FROM clause
 * @param where conditions that all have to hold; one, where an OR joins them
 * @param rest from GROUP BY, ORDER BY or whatever follows on; empty for nothing
 */
record Select(List<String> items, String from, List<String> where, String rest) {
  private static final String ORDER = "ORDER";

  /** Clauses that decide which rows there are, or lock them. */
  private static final Set<String> OF_ROWS =
      Set.of(
          "GROUP",
          "HAVING",
          "WINDOW",
          "UNION",
          "INTERSECT",
          "EXCEPT",
          "LIMIT",
          "OFFSET",
          "FETCH",
          "FOR");

  private static final Set<String> CLAUSES =
      Stream.concat(OF_ROWS.stream(), Stream.of(ORDER)).collect(Collectors.toUnmodifiableSet());

  private static final String NAME = "(?:[A-Za-z_][A-Za-z0-9_$]*|\"(?:[^\"]|\"\")+\")";

  private static final Pattern TABLE =
      Pattern.compile(
          "(?<path>%1$s(?:\\s*\\.\\s*%1$s)?)(?:\\s+(?i:as\\s+)?(?<alias>%1$s))?".formatted(NAME));

  /** The rest, where it is only an order: a table has none. */
  boolean isOrderedOnly() {
    SqlTokens tokens = SqlTokens.of(rest);
    return !rest.isEmpty()
        && tokens.all().get(0).is(ORDER)
        && OF_ROWS.stream().noneMatch(tokens::has);
  }

  /** Takes a SELECT apart; empty for a WITH, a DISTINCT and for what is none. */
  static Optional<Select> parse(String sql) {
    SqlTokens tokens = SqlTokens.of(sql.strip().replaceFirst(";$", ""));
    int from = tokens.first(Set.of("FROM"), 1);
    boolean select = !tokens.all().isEmpty() && tokens.all().get(0).is("SELECT");
    if (!select || from == tokens.all().size() || tokens.all().get(1).is("DISTINCT")) {
      return Optional.empty();
    }
    int rest = tokens.first(CLAUSES, from);
    int where = Math.min(tokens.first(Set.of("WHERE"), from), rest);
    return Optional.of(
        new Select(
            SqlTokens.of(tokens.text(1, from)).split(","),
            tokens.text(from + 1, where),
            conditions(tokens.text(where + 1, rest)),
            tokens.text(rest, tokens.all().size())));
  }

  /** The same rows and those that a text behind the conditions adds or takes away. */
  static List<String> conditions(String text) {
    SqlTokens tokens = SqlTokens.of(text);
    return tokens.has("OR") ? List.of(text) : tokens.split("AND");
  }

  /** The one table it reads, without an alias that its conditions use. */
  Optional<List<String>> table() {
    Matcher matcher = TABLE.matcher(from);
    if (!matcher.matches() || !rest.isEmpty()) {
      return Optional.empty();
    }
    Optional<List<String>> path = name(matcher.group("path"));
    String alias = matcher.group("alias");
    return path.filter(
        parts ->
            where.stream()
                .noneMatch(
                    condition ->
                        SqlTokens.of(condition)
                            .qualifies(alias == null ? parts.get(parts.size() - 1) : alias)));
  }

  boolean isEverything() {
    return items.equals(List.of("*"));
  }

  /** The columns it selects as they are, each once; empty when there is anything else. */
  Optional<List<String>> columns() {
    List<String> columns = new ArrayList<>();
    for (String item : items) {
      Optional<String> column = name(item).map(parts -> parts.get(parts.size() - 1));
      if (column.isEmpty()) {
        return Optional.empty();
      }
      if (!columns.contains(column.get())) {
        columns.add(column.get());
      }
    }
    return Optional.of(columns);
  }

  /** Whether a column comes out of it as it went in. */
  boolean selects(String column) {
    return items.stream()
        .anyMatch(
            item ->
                item.equals("*")
                    || item.endsWith(".*")
                    || name(item)
                        .filter(parts -> parts.get(parts.size() - 1).equals(column))
                        .isPresent());
  }

  /** The same with more columns. */
  Select with(List<String> columns) {
    List<String> more = new ArrayList<>(items);
    columns.forEach(column -> more.add(PgIdentifier.quote(column)));
    return new Select(more, from, where, rest);
  }

  /** Whether a placeholder stands where no condition is. */
  boolean hasPlaceholder() {
    return items.stream().anyMatch(TimeWindow::isIn)
        || TimeWindow.isIn(from)
        || TimeWindow.isIn(rest);
  }

  /** The same, whatever stands twice in its list. */
  Select withEachItemOnce() {
    return new Select(items.stream().distinct().toList(), from, where, rest);
  }

  /** As SQL text again. */
  String sql() {
    return "SELECT\n  "
        + String.join(",\n  ", items)
        + "\nFROM "
        + from
        + (where.isEmpty() ? "" : "\nWHERE " + String.join("\n  AND ", where))
        + (rest.isEmpty() ? "" : "\n" + rest);
  }

  /** A dotted name; empty for anything else. */
  static Optional<List<String>> name(String text) {
    try {
      return Optional.of(PostgresName.parse(text));
    } catch (IllegalArgumentException anythingElse) {
      return Optional.empty();
    }
  }
}
