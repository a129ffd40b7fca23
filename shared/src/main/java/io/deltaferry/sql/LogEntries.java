package io.deltaferry.sql;

import io.deltaferry.table.ChangeLog;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Which entries of a log a run goes by; pure text.
 *
 * @param low the number of the first one
 */
record LogEntries(LogReading log, String low) {
  /** The conditions, to be joined by AND. */
  List<String> conditions() {
    List<String> conditions = new ArrayList<>();
    conditions.add(PgIdentifier.quote(log.log().id()) + " >= " + log.id().literal(low));
    ChangeLog.ContentType type = log.log().contentType();
    if (type != null) {
      conditions.add(
          PgIdentifier.quote(type.column()) + "::text = " + PgLiteral.quote(type.value()));
    }
    String fields = log.log().changedFields();
    if (fields != null && !log.log().watch().isEmpty()) {
      conditions.add(counts(PgIdentifier.quote(fields) + "::text"));
    }
    return conditions;
  }

  /**
   * Only a change that surely names none of the watched columns is left out: not one that names
   * nothing, nor one whose names are written with escapes.
   */
  private String counts(String fields) {
    return """
        ((%1$s) IS NOT TRUE
          OR %2$s IS NULL
          OR %2$s !~ '[[:alnum:]]'
          OR pg_catalog.strpos(%2$s, pg_catalog.chr(92)) > 0
          OR %2$s ~* %3$s)"""
        .formatted(acts(log, log.log().actions().changed()), fields, PgLiteral.quote(watched()));
  }

  /** The names, as whole words; an underscore may be a blank, as Django's labels have it. */
  private String watched() {
    String names =
        log.log().watch().stream().map(LogEntries::pattern).collect(Collectors.joining("|"));
    return "(^|[^[:alnum:]_])(" + names + ")($|[^[:alnum:]_])";
  }

  /** A foreign key's column is its field and {@code _id}; other signs are whatever they are. */
  private static String pattern(String column) {
    String field = column.replaceFirst("(?i)(?<=.)_id$", "");
    String literal =
        field
            .codePoints()
            .mapToObj(sign -> sign == '_' || isPlain(sign) ? Character.toString(sign) : ".")
            .collect(Collectors.joining())
            .replace("_", "[_ ]");
    return field.equals(column) ? literal : literal + "([_ ]id)?";
  }

  /** Whether an entry's action is one of these words. */
  static String acts(LogReading log, Collection<String> words) {
    return "pg_catalog.lower(pg_catalog.btrim(%s::text)) IN (%s)"
        .formatted(
            PgIdentifier.quote(log.log().action()),
            words.stream().map(PgLiteral::quote).collect(Collectors.joining(", ")));
  }

  /** Not every server knows upper and lower case of other letters. */
  private static boolean isPlain(int sign) {
    return sign < 128 && Character.isLetterOrDigit(sign);
  }

  /**
   * One row: how many of the entries that are read have no usable key, and how many an action that
   * the table file does not know.
   */
  String doubtful() {
    String keyless =
        log.keys().stream().map(key -> key.sql() + " IS NULL").collect(Collectors.joining(" OR "));
    return """
        SELECT
          pg_catalog.count(*) FILTER (WHERE %s)::text,
          pg_catalog.count(*) FILTER (WHERE (%s) IS NOT TRUE)::text
        FROM %s
        WHERE %s"""
        .formatted(
            keyless,
            acts(log, log.log().actions().words()),
            log.table().sql(),
            String.join("\n  AND ", conditions()));
  }
}
