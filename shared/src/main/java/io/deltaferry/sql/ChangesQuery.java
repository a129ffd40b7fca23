package io.deltaferry.sql;

import io.deltaferry.type.CursorKind;
import io.deltaferry.type.TypeMapping;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which rows of a source have changed, as a log tells; pure text.
 *
 * <p>The log says which keys are to be looked at, and the table what has become of them, both in
 * one snapshot: so a row that was added and deleted is nothing, and one that was deleted and added
 * is alive, whatever order the entries have.
 *
 * @param low the first entry that is read; null for all rows of the source, whatever the log tells
 * @param seen entries below it have been read before; null when none was
 */
public record ChangesQuery(LogReading log, @Nullable String low, @Nullable String seen) {
  private static final String KEYS = "df_log";
  private static final String NEWEST = "df_newest";
  private static final String TIME = "df_time";

  /** Whether the log says which rows are read. */
  boolean tells() {
    return low != null;
  }

  /**
   * Keys that the log tells of, each with its row where there is one. The key's columns have the
   * log's values, so that they are there for rows that are not.
   *
   * <pre>
   * (
   *   SELECT cast of the log's key AS "key", .., newest entry, time of the deletion
   *   FROM log
   *   WHERE id >= low AND it is about the table AND (it is no change of what nobody watches)
   *   GROUP BY key
   * ) AS df_log
   * LEFT JOIN source USING (key)
   * </pre>
   */
  String fromItem(DeltaSource source, @Nullable String filter) {
    List<String> items = new ArrayList<>();
    log.keys().forEach(key -> items.add(key.sql() + " AS " + PgIdentifier.quote(key.column())));
    items.add("pg_catalog.max(" + id() + ") AS " + NEWEST);
    if (log.log().time() != null) {
      items.add(time() + " AS " + TIME);
    }
    return """
        (
          SELECT
            %s
          FROM %s
          WHERE %s
          GROUP BY %s
        ) AS %s
        LEFT JOIN %s USING (%s)"""
        .formatted(
            String.join(",\n    ", items),
            log.table().sql(),
            String.join("\n    AND ", entries().conditions()),
            positions(),
            KEYS,
            rows(source, filter),
            log.keys().stream()
                .map(key -> PgIdentifier.quote(key.column()))
                .collect(Collectors.joining(", ")));
  }

  /** A filter belongs to the rows: a key without a row that passes it is as good as gone. */
  private static String rows(DeltaSource source, @Nullable String filter) {
    // On lines of its own, so that a comment at its end hides nothing.
    return filter == null
        ? source.fromItem()
        : "(SELECT * FROM %s WHERE (\n%s\n)) AS %s"
            .formatted(source.fromItem(), filter, alias(source));
  }

  /** By which a table file's SQL may call the source. */
  private static String alias(DeltaSource source) {
    if (source instanceof PgTable table) {
      return table.name().sql();
    }
    return source instanceof PgPartition part ? part.of().name().sql() : PgQuery.ALIAS;
  }

  /** Whether the source has a row with the key. */
  private String present(DeltaSource source) {
    return alias(source) + "." + PgIdentifier.quote(log.keys().get(0).column()) + " IS NOT NULL";
  }

  private boolean isKey(TypeMapping column) {
    return log.keys().stream().anyMatch(key -> key.column().equals(column.column()));
  }

  /** A key that has no row has nothing else, whatever is computed of its columns. */
  String valueOfRow(DeltaSource source, TypeMapping column, String value) {
    return isKey(column) ? value : "CASE WHEN " + present(source) + " THEN " + value + " END";
  }

  /** Nothing but the key can be wrong where there is no row. */
  String ofRow(DeltaSource source, TypeMapping column, String condition) {
    return isKey(column) ? condition : "(" + present(source) + " AND (" + condition + "))";
  }

  /** What a delta says of each key: whether its row is gone, and since when, if the log says so. */
  List<String> marks(DeltaSource source) {
    return List.of(
        "NOT (" + present(source) + ") AS " + PgIdentifier.quote(DeltaQuery.DELETED_COLUMN),
        deletedAt(source) + " AS " + PgIdentifier.quote(DeltaQuery.DELETED_AT_COLUMN));
  }

  private String deletedAt(DeltaSource source) {
    return log.log().time() == null
        ? "NULL::timestamptz"
        : "CASE WHEN NOT (%1$s) AND %2$s BETWEEN %3$s AND %4$s THEN %2$s END"
            .formatted(
                present(source),
                KEYS + "." + TIME,
                CursorKind.TIMESTAMPTZ.literal("0001-01-01 00:00:00+00"),
                CursorKind.TIMESTAMPTZ.literal("9999-12-31 23:59:59.999999+00"));
  }

  /** Keys of which earlier runs have read all entries; empty when there are none. */
  Optional<DeltaQuery.Marked> overlap() {
    return Optional.ofNullable(seen)
        .map(
            read ->
                new DeltaQuery.Marked(
                    new Mark(Mark.Kind.OVERLAP, log.log().id()),
                    KEYS + "." + NEWEST + " < " + log.id().literal(read)));
  }

  /**
   * One row, one column: the largest number of all entries, those of other tables too, as text; of
   * a log without entries the largest that was ever given, or NULL.
   */
  String high() {
    String floor = log.floor();
    return "SELECT coalesce((SELECT pg_catalog.max(%s) FROM %s)::int8, %s)::text"
        .formatted(id(), log.table().sql(), floor == null ? "NULL::int8" : log.id().literal(floor));
  }

  /** One row, one column: the smallest number of all entries as text, or NULL. */
  public static String oldest(LogReading log) {
    return "SELECT pg_catalog.min(%s)::text FROM %s"
        .formatted(PgIdentifier.quote(log.log().id()), log.table().sql());
  }

  /**
   * One row: how many of the entries that are read have no usable key, and how many an action that
   * the table file does not know.
   */
  public String doubtful() {
    return entries().doubtful();
  }

  private LogEntries entries() {
    return new LogEntries(log, Objects.requireNonNull(low));
  }

  /** Of the key's last deletion, or else of its last entry. */
  private String time() {
    String column = PgIdentifier.quote(Objects.requireNonNull(log.log().time()));
    String zone = log.zone();
    String time = zone == null ? column : column + " AT TIME ZONE " + PgLiteral.quote(zone);
    return "coalesce(pg_catalog.max(%1$s) FILTER (WHERE %2$s), pg_catalog.max(%1$s))"
        .formatted(time, LogEntries.acts(log, log.log().actions().deleted()));
  }

  private String id() {
    return PgIdentifier.quote(log.log().id());
  }

  private String positions() {
    List<String> numbers = new ArrayList<>();
    for (int i = 1; i <= log.keys().size(); i++) {
      numbers.add(Integer.toString(i));
    }
    return String.join(", ", numbers);
  }
}
