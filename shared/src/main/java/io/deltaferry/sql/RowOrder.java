package io.deltaferry.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The order by which a source's rows are cut into ranges: by cursor, then by key, rows without a
 * cursor last; or by key alone. What it says of a row and a place is never unknown: a row lies
 * below the place or it does not.
 *
 * @param cursor the cursor column; the key's first column where a key alone orders
 * @param cursorless whether rows without a cursor are read
 * @param text whether a collation orders that column
 * @param key the key's other columns; empty when one of them has no order
 */
public record RowOrder(String cursor, boolean cursorless, boolean text, List<KeyColumn> key) {
  public RowOrder {
    key = List.copyOf(key);
  }

  /** By cursor and key. */
  public RowOrder(String cursor, boolean cursorless, List<KeyColumn> key) {
    this(cursor, cursorless, false, key);
  }

  /** By key alone, which has at least one column, none of them nullable. */
  public static RowOrder byKey(List<KeyColumn> key) {
    return new RowOrder(key.get(0).name(), false, key.get(0).text(), key.subList(1, key.size()));
  }

  /**
   * A column of the key.
   *
   * @param text whether a collation orders it: then byte by byte, since a collation may change with
   *     the operating system, and differ between a primary and its standby
   * @param nullable whether nothing proves that it has a value
   */
  public record KeyColumn(String name, boolean text, boolean nullable) {
    private String sql() {
      return PgIdentifier.quote(name) + (text ? " COLLATE \"C\"" : "");
    }
  }

  /** What follows ORDER BY: as an index on cursor and key has it, where there is one. */
  String orderBy() {
    return String.join(", ", all());
  }

  /** The columns: those of an index, and items of a SELECT list. */
  public String columns() {
    List<String> names = new ArrayList<>();
    names.add(PgIdentifier.quote(cursor));
    key.forEach(column -> names.add(PgIdentifier.quote(column.name())));
    return names.stream().distinct().collect(Collectors.joining(", "));
  }

  /** The columns as text, as items of a SELECT list; cursor first. */
  String texts() {
    List<String> names = new ArrayList<>();
    names.add(PgIdentifier.quote(cursor) + "::text");
    key.forEach(column -> names.add(PgIdentifier.quote(column.name()) + "::text"));
    return String.join(", ", names);
  }

  /** Rows whose key has a value everywhere; others are no places. */
  String hasPlace() {
    return key.stream()
        .filter(KeyColumn::nullable)
        .map(column -> PgIdentifier.quote(column.name()) + " IS NOT NULL")
        .collect(Collectors.joining(" AND "));
  }

  /**
   * The conditions of the rows from one place on and below another.
   *
   * @param from null for no lower end
   * @param to null for no upper end
   */
  List<String> between(@Nullable Place from, @Nullable Place to) {
    List<String> conditions = new ArrayList<>();
    if (from != null) {
      boolean reachesCursorless = cursorless && (to == null || to.cursor() == null);
      conditions.add(atLeast(from, reachesCursorless));
    }
    if (to != null) {
      conditions.add(below(to));
    }
    return conditions;
  }

  private String atLeast(Place place, boolean reachesCursorless) {
    if (place.cursor() == null) {
      return and(cursorSql() + " IS NULL", key.isEmpty() ? null : keyAtLeast(place));
    }
    String known = row(all()) + " >= " + row(literals(place));
    return reachesCursorless ? "(" + known + " OR " + cursorSql() + " IS NULL)" : known;
  }

  private String below(Place place) {
    if (place.cursor() == null) {
      String present = cursorSql() + " IS NOT NULL";
      return key.isEmpty() ? present : "(" + present + " OR " + keyBelow(place) + ")";
    }
    if (!hasNullableKey()) {
      return row(all()) + " < " + row(literals(place));
    }
    // A comparison with NULL is unknown, and the row would be on neither side. The first condition
    // says nothing new; it is there for an index.
    return cursorSql()
        + " <= "
        + PgLiteral.quote(place.cursor())
        + " AND ("
        + row(all())
        + " >= "
        + row(literals(place))
        + ") IS NOT TRUE";
  }

  private String keyAtLeast(Place place) {
    return row(keys()) + " >= " + row(keyLiterals(place));
  }

  private String keyBelow(Place place) {
    return hasNullableKey()
        ? "(" + keyAtLeast(place) + ") IS NOT TRUE"
        : row(keys()) + " < " + row(keyLiterals(place));
  }

  private boolean hasNullableKey() {
    return key.stream().anyMatch(KeyColumn::nullable);
  }

  private String cursorSql() {
    return new KeyColumn(cursor, text, false).sql();
  }

  private List<String> keys() {
    return key.stream().map(KeyColumn::sql).toList();
  }

  private List<String> all() {
    List<String> all = new ArrayList<>();
    all.add(cursorSql());
    all.addAll(keys());
    return all;
  }

  private static List<String> keyLiterals(Place place) {
    return place.key().stream().map(PgLiteral::quote).toList();
  }

  private static List<String> literals(Place place) {
    List<String> all = new ArrayList<>();
    all.add(PgLiteral.quote(String.valueOf(place.cursor())));
    all.addAll(keyLiterals(place));
    return all;
  }

  private static String row(List<String> items) {
    return items.size() == 1 ? items.get(0) : "(" + String.join(", ", items) + ")";
  }

  private static String and(String one, @Nullable String other) {
    return other == null ? one : one + " AND " + other;
  }
}
