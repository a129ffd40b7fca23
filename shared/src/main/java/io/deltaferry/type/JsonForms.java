package io.deltaferry.type;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Expressions of type jsonb over values of any type, at whatever depth. PostgreSQL's own to_jsonb
 * is right for most; where it would print by the locale, pad, or hide a structure in a string, the
 * value is taken apart.
 */
final class JsonForms {
  /** PostgreSQL's MAXDIM. */
  private static final int DIMENSIONS = 6;

  /** Types that a cast makes right. */
  private static final Map<String, String> CASTS =
      Map.of("money", "numeric", "oid", "int8", "bpchar", "text");

  /** Their text is JSON. */
  private static final Set<String> VECTORS = Set.of("vector", "halfvec");

  private static final String BOUNDS =
      "pg_catalog.jsonb_build_object('lower', %2$s, 'upper',"
          + " %3$s, 'lower_inclusive', pg_catalog.lower_inc(%1$s),"
          + " 'upper_inclusive', pg_catalog.upper_inc(%1$s), 'empty', pg_catalog.isempty(%1$s))";

  private JsonForms() {}

  /** The value of a column. */
  static String of(PgType type) {
    return of(type, "{c}", 0);
  }

  /**
   * The JSON of a value; NULL for NULL.
   *
   * @param value SQL that may stand in several places, and means the same in a subquery
   * @param depth how many arrays it lies in; names what is inside of one
   */
  private static String of(PgType type, String value, int depth) {
    if (isPlain(type)) {
      return "pg_catalog.to_jsonb(" + value + ")";
    }
    return switch (type.kind()) {
      case RANGE ->
          "CASE WHEN " + value + " IS NOT NULL THEN " + bounds(type, value, depth) + " END";
      case MULTIRANGE -> ranges(type, value, depth);
      case ARRAY -> array(type, value, depth);
      case COMPOSITE -> composite(type, value, depth);
      case BASE, ENUM, PSEUDO -> base(type, value);
    };
  }

  /** Whether to_jsonb alone is right for it. */
  private static boolean isPlain(PgType type) {
    return switch (type.kind()) {
      case RANGE, MULTIRANGE -> false;
      case ARRAY -> type.element() == null || isPlain(type.element());
      case COMPOSITE -> type.members().stream().allMatch(member -> isPlain(member.type()));
      case BASE ->
          !CASTS.containsKey(type.name())
              && !VECTORS.contains(type.name())
              && !GeoRules.holds(type.name());
      case ENUM, PSEUDO -> true;
    };
  }

  private static String base(PgType type, String value) {
    String cast = CASTS.get(type.name());
    if (cast != null) {
      return "pg_catalog.to_jsonb(" + value + "::" + cast + ")";
    }
    return VECTORS.contains(type.name())
        ? value + "::text::jsonb"
        : "pg_catalog.to_jsonb(" + GeoRules.text(type).replace("{c}", value) + ")";
  }

  private static String bounds(PgType type, String range, int depth) {
    return BOUNDS.formatted(
        range,
        bound(type.element(), "pg_catalog.lower(" + range + ")", depth),
        bound(type.element(), "pg_catalog.upper(" + range + ")", depth));
  }

  private static String bound(@Nullable PgType type, String value, int depth) {
    return type == null || isPlain(type) ? value : of(type, value, depth);
  }

  /** The value stands only in the FROM item, where the names of the subquery cannot hide it. */
  private static String ranges(PgType type, String value, int depth) {
    return "CASE WHEN "
        + value
        + " IS NOT NULL THEN (SELECT coalesce(pg_catalog.jsonb_agg("
        + bounds(type, "df_range", depth)
        + " ORDER BY df_nr), '[]'::jsonb) FROM pg_catalog.unnest("
        + value
        + ") WITH ORDINALITY AS df_ranges(df_range, df_nr)) END";
  }

  /** Members in the place of those that to_jsonb gets wrong; NULL with anything stays NULL. */
  private static String composite(PgType type, String value, int depth) {
    return type.members().stream()
        .filter(member -> !isPlain(member.type()))
        .map(
            member ->
                " || pg_catalog.jsonb_build_object('%s', %s)"
                    .formatted(
                        member.name().replace("'", "''"),
                        of(member.type(), "(" + value + ")." + member.quoted(), depth)))
        .collect(Collectors.joining("", "(pg_catalog.to_jsonb(" + value + ")", ")"));
  }

  private static String array(PgType type, String value, int depth) {
    PgType element = type.element();
    String cast = element == null ? null : CASTS.get(element.name());
    if (element == null || (cast != null && element.kind() == PgType.Kind.BASE)) {
      return "pg_catalog.to_jsonb(" + value + "::" + cast + "[])";
    }
    String list = list(depth);
    String cases =
        IntStream.rangeClosed(1, DIMENSIONS)
            .mapToObj(
                dimensions -> "WHEN " + dimensions + " THEN " + walk(element, depth, dimensions))
            .collect(Collectors.joining(" "));
    return "CASE WHEN "
        + value
        + " IS NOT NULL THEN (SELECT CASE pg_catalog.array_ndims("
        + list
        + ") "
        + cases
        + " ELSE '[]'::jsonb END FROM (SELECT "
        + value
        + ") AS df_lists("
        + list
        + ")) END";
  }

  /**
   * By subscripts, since unnest forgets the dimensions, and takes composites apart:
   *
   * <pre>
   * (SELECT jsonb_agg((SELECT jsonb_agg(.. list[i1][i2] ..) FROM generate_subscripts(list, 2)))
   *  FROM generate_subscripts(list, 1))
   * </pre>
   */
  private static String walk(PgType element, int depth, int dimensions) {
    String list = list(depth);
    String subscripts =
        IntStream.rangeClosed(1, dimensions)
            .mapToObj(dimension -> "[" + subscript(list, dimension) + "]")
            .collect(Collectors.joining());
    String json = of(element, list + subscripts, depth + 1);
    for (int dimension = dimensions; dimension > 0; dimension--) {
      String at = subscript(list, dimension);
      json =
          "(SELECT pg_catalog.jsonb_agg(%s ORDER BY %s) FROM pg_catalog.generate_subscripts(%s, %d) AS %s)"
              .formatted(json, at, list, dimension, at + "s(" + at + ")");
    }
    return json;
  }

  private static String list(int depth) {
    return "df_list" + depth;
  }

  private static String subscript(String list, int dimension) {
    return list + "_" + dimension;
  }
}
