package io.deltaferry.type;

/**
 * Numbers in JSON that BigQuery cannot keep: it has integers of 64 bits (signed or unsigned) and
 * FLOAT64, and may refuse a text with any other. So the nearest FLOAT64 is staged in their place.
 *
 * <p>The first test is cheap and lets everything through that certainly is exact: numbers of at
 * most 15 digits. Only then the text is taken apart into strings, numbers and the rest.
 */
final class JsonNumbers {
  private static final String MAYBE_INEXACT = "(%s)::text ~ '[0-9.]{16}|[0-9][eE][-+]?[0-9]{3}'";

  /** Every token, in order; nothing of the text is left out. */
  private static final String TOKENS =
      oneLine(
          """
      pg_catalog.regexp_matches((%s)::text,
        '"(?:[^"\\\\]|\\\\.)*"|-?[0-9][-+0-9.eE]*|[^"0-9-]+', 'g')
        WITH ORDINALITY AS df_tokens(df_token, df_nr)""");

  /** An exponent that makes the cast to numeric fail, or the number far too large or small. */
  private static final String HUGE_EXPONENT = "0*[1-9][0-9]{3}";

  private static final String MAX = "1.7976931348623157e+308";
  private static final String MIN = "4.9406564584124654e-324";

  /** A number with a point or an exponent is a FLOAT64, even when it is whole. */
  private static final String INEXACT =
      oneLine(
          """
      CASE
        WHEN df_token[1] !~ '^-?[0-9]' OR df_token[1] ~ '^-?[0.]+([eE]|$)' THEN false
        WHEN df_token[1] ~ '[eE][-+]?%1$s' THEN true
        WHEN df_token[1] ~ '^-?[0-9]+$' AND df_token[1]::numeric
          BETWEEN -9223372036854775808 AND 18446744073709551615 THEN false
        WHEN pg_catalog.abs(df_token[1]::numeric) BETWEEN %2$s AND %3$s
          THEN df_token[1]::numeric <> df_token[1]::numeric::float8::text::numeric
        ELSE true END"""
              .formatted(HUGE_EXPONENT, MIN, MAX));

  private static final String NEAREST =
      oneLine(
          """
      CASE
        WHEN df_token[1] ~ '[eE]-%1$s' THEN '0'
        WHEN df_token[1] ~ '[eE][+]?%1$s' OR pg_catalog.abs(df_token[1]::numeric) > %3$s
          THEN pg_catalog.substring(df_token[1], '^-?') || '%3$s'
        WHEN pg_catalog.abs(df_token[1]::numeric) < %2$s THEN '0'
        ELSE df_token[1]::numeric::float8::text END"""
              .formatted(HUGE_EXPONENT, MIN, MAX));

  private static final String CLAMP =
      oneLine(
          """
        CASE WHEN %s THEN (
          SELECT pg_catalog.string_agg(CASE WHEN %s THEN %s ELSE df_token[1] END, ''
            ORDER BY df_nr)
          FROM %s) ELSE (%s)::text END""");

  private JsonNumbers() {}

  /**
   * What such an expression can lose.
   *
   * @param json an expression of type json or jsonb over {c}
   */
  static Loss of(String json) {
    String maybe = MAYBE_INEXACT.formatted(json);
    String tokens = TOKENS.formatted(json);
    String condition =
        "CASE WHEN %s THEN EXISTS (SELECT FROM %s WHERE %s) ELSE false END"
            .formatted(maybe, tokens, INEXACT);
    String clamp = CLAMP.formatted(maybe, INEXACT, NEAREST, tokens, json);
    return new Loss(Loss.Kind.JSON, condition, clamp, LossPolicy.CLAMP);
  }

  /** Never of what holds a name, in which blanks count. */
  private static String oneLine(String sql) {
    return sql.replaceAll("\\s+", " ");
  }
}
