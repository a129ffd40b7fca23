package io.deltaferry.type;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How a key that a log holds becomes one of the table's own type, so that an index on the key finds
 * the row. What is no such key becomes NULL, and never an error: which is noticed by whoever reads
 * it.
 */
public enum KeyCast {
  /** Both have one type. */
  SAME("%s"),
  TEXT("%s::text"),
  BPCHAR("%s::text::bpchar"),
  SMALLINT(whole("int2", Short.MIN_VALUE, Short.MAX_VALUE)),
  INTEGER(whole("int4", Integer.MIN_VALUE, Integer.MAX_VALUE)),
  BIGINT(whole("int8", Long.MIN_VALUE, Long.MAX_VALUE)),
  NUMERIC(guarded("^[+-]?[0-9]+([.][0-9]+)?$", "pg_catalog.btrim(%1$s::text)::numeric")),
  UUID(
      guarded(
          "^[0-9a-fA-F]{8}(-?[0-9a-fA-F]{4}){3}-?[0-9a-fA-F]{12}$",
          "pg_catalog.btrim(%1$s::text)::uuid"));

  private static final Map<String, KeyCast> BY_TYPE =
      Map.of(
          "text", TEXT,
          "varchar", TEXT,
          "name", TEXT,
          "bpchar", BPCHAR,
          "int2", SMALLINT,
          "int4", INTEGER,
          "int8", BIGINT,
          "numeric", NUMERIC,
          "uuid", UUID);

  /** Types whose text is the key's own. */
  private static final Set<String> READABLE =
      Set.of("text", "varchar", "name", "bpchar", "int2", "int4", "int8", "numeric", "uuid");

  private final String template;

  KeyCast(String template) {
    this.template = template;
  }

  /**
   * The cast of a log's column to a key's type; empty where nothing but a guess would do.
   *
   * @param key the type of the table's key column
   * @param log the type of the column that holds its values as well
   */
  public static Optional<KeyCast> of(PgType key, PgType log) {
    if (key.kind() == log.kind()
        && key.schema().equals(log.schema())
        && key.name().equals(log.name())
        && (key.modifier() == log.modifier() || BY_TYPE.containsKey(key.name()))) {
      return Optional.of(SAME);
    }
    boolean plain = key.kind() == PgType.Kind.BASE && log.kind() == PgType.Kind.BASE;
    return plain && READABLE.contains(log.name())
        ? Optional.ofNullable(BY_TYPE.get(key.name()))
        : Optional.empty();
  }

  /**
   * The value, or NULL.
   *
   * @param quotedColumn the log's column as SQL text, already quoted
   */
  public String sql(String quotedColumn) {
    return template.formatted(quotedColumn);
  }

  /** The pattern is looked at first, since a cast of anything else fails. */
  private static String guarded(String pattern, String value) {
    return "CASE WHEN pg_catalog.btrim(%1$s::text) ~ '" + pattern + "' THEN " + value + " END";
  }

  private static String whole(String type, long least, long most) {
    String number = "pg_catalog.btrim(%1$s::text)::numeric";
    return guarded(
        "^[+-]?[0-9]{1,19}$",
        "CASE WHEN %1$s BETWEEN %2$d AND %3$d THEN %1$s::%4$s END"
            .formatted(number, least, most, type));
  }
}
