package io.deltaferry.type;

import java.util.Set;

/** The types of types: arrays, composites, ranges and multiranges become JSON. */
final class JsonRules {
  /** The JSON of these has numbers that may be wider than JSON in BigQuery. */
  private static final Set<String> WIDE = Set.of("numeric", "money", "json", "jsonb");

  /** The bounds of these are integers of 64 bits, or strings. */
  private static final Set<String> NARROW_RANGES =
      Set.of(
          "int4range",
          "int8range",
          "daterange",
          "tsrange",
          "tstzrange",
          "int4multirange",
          "int8multirange",
          "datemultirange",
          "tsmultirange",
          "tstzmultirange");

  private static final String BOUNDS =
      "pg_catalog.jsonb_build_object('lower', pg_catalog.lower(%1$s), 'upper',"
          + " pg_catalog.upper(%1$s), 'lower_inclusive', pg_catalog.lower_inc(%1$s),"
          + " 'upper_inclusive', pg_catalog.upper_inc(%1$s), 'empty', pg_catalog.isempty(%1$s))";

  private JsonRules() {}

  static Rule range(String name) {
    return Rule.json(
        "CASE WHEN {c} IS NOT NULL THEN " + BOUNDS.formatted("{c}") + " END",
        !NARROW_RANGES.contains(name));
  }

  /** The column stands only in the FROM item, where the names of the subquery cannot hide it. */
  static Rule multirange(String name) {
    return Rule.json(
        "CASE WHEN {c} IS NOT NULL THEN (SELECT coalesce(pg_catalog.jsonb_agg("
            + BOUNDS.formatted("df_range")
            + " ORDER BY df_nr), '[]'::jsonb) FROM pg_catalog.unnest({c}) WITH ORDINALITY AS"
            + " df_ranges(df_range, df_nr)) END",
        !NARROW_RANGES.contains(name));
  }

  static Rule composite() {
    return Rule.json("pg_catalog.to_jsonb({c})", true);
  }

  /** Elements whose own JSON would depend on the locale, or be a string, or padded, are cast. */
  static Rule array(PgType element) {
    String expression =
        switch (element.name()) {
          case "money" -> "pg_catalog.to_jsonb({c}::numeric[])";
          case "oid" -> "pg_catalog.to_jsonb({c}::int8[])";
          case "bpchar" -> "pg_catalog.to_jsonb({c}::text[])";
          default -> "pg_catalog.to_jsonb({c})";
        };
    boolean wide =
        WIDE.contains(element.name())
            || element.kind() == PgType.Kind.COMPOSITE
            || element.kind() == PgType.Kind.ARRAY;
    return Rule.json(expression, wide);
  }
}
