package io.deltaferry.type;

import org.jspecify.annotations.Nullable;

/**
 * What a type can lose.
 *
 * @param condition true for a value that does not fit
 * @param clamp the nearest value that fits, for every value; null when there is none to name
 * @param policy when the table says nothing
 */
record Loss(String condition, @Nullable String clamp, LossPolicy policy) {
  private static final String STAMP_LOW = "0001-01-01 00:00:00";
  private static final String STAMP_HIGH = "9999-12-31 23:59:59.999999";

  /** Of (2^255 - 1) / 10^38; the lower bound is one unit further out. */
  private static final String BIGNUMERIC_MAX =
      "578960446186580977117854925043439539266.34992332820282019728792003956564819967";

  private static final String BIGNUMERIC_MIN =
      "-578960446186580977117854925043439539266.34992332820282019728792003956564819968";

  static final Loss DATE = range("'0001-01-01'::date", "'9999-12-31'::date");
  static final Loss TIMESTAMP =
      range("'" + STAMP_LOW + "'::timestamp", "'" + STAMP_HIGH + "'::timestamp");
  static final Loss TIMESTAMPTZ =
      range("'" + STAMP_LOW + "+00'::timestamptz", "'" + STAMP_HIGH + "+00'::timestamptz");

  /** 24:00:00 is a time in PostgreSQL and none in BigQuery. */
  static final Loss TIME =
      new Loss(
          "{c} = '24:00:00'::time",
          "CASE WHEN {c} = '24:00:00'::time THEN '23:59:59.999999'::time ELSE {c} END",
          LossPolicy.CLAMP);

  /** A declared numeric still takes NaN. */
  static final Loss NAN = new Loss("{c} = 'NaN'::numeric", null, LossPolicy.FAIL);

  /** NaN and the infinities sort outside of the bounds. */
  static final Loss BIGNUMERIC =
      new Loss(
          "NOT ({c} BETWEEN "
              + BIGNUMERIC_MIN
              + " AND "
              + BIGNUMERIC_MAX
              // Trailing zeros are no loss; looking for them costs, so only where it matters.
              + " AND (pg_catalog.scale({c}) <= 38"
              + " OR pg_catalog.scale(pg_catalog.trim_scale({c})) <= 38))",
          null,
          LossPolicy.FAIL);

  /** NaN equals NaN in PostgreSQL and not in BigQuery, so as a key it would insert for ever. */
  static final Loss NAN_KEY = new Loss("{c} = 'NaN'", null, LossPolicy.FAIL);

  /**
   * Of a key column: NULL never equals NULL in a merge, so it would insert for ever.
   *
   * @param own what the column's type can lose, or null
   */
  static Loss ofKey(@Nullable Loss own) {
    String more = own == null ? "" : " OR " + own.condition();
    return new Loss("({c} IS NULL" + more + ")", null, LossPolicy.FAIL);
  }

  /** CASE and not LEAST/GREATEST, which turn NULL into the bound. */
  private static Loss range(String low, String high) {
    return new Loss(
        "({c} < " + low + " OR {c} > " + high + ")",
        "CASE WHEN {c} < "
            + low
            + " THEN "
            + low
            + " WHEN {c} > "
            + high
            + " THEN "
            + high
            + " ELSE {c} END",
        LossPolicy.CLAMP);
  }

  /**
   * BigQuery keeps a JSON number as an integer of 64 bits or as a FLOAT64. The text is staged as it
   * is and BigQuery rounds.
   *
   * <p>The first test is cheap and lets everything through that certainly is exact: numbers of at
   * most 15 digits. Then strings are blanked, so that only numbers are looked at, one by one.
   *
   * @param json an expression of type json or jsonb over {c}
   */
  static Loss jsonNumbers(String json) {
    String condition =
        """
        CASE WHEN (%1$s)::text ~ '[0-9.]{16}|[0-9][eE][-+]?[0-9]{3}' THEN EXISTS (
          SELECT FROM pg_catalog.regexp_matches(
            pg_catalog.regexp_replace((%1$s)::text, '"([^"\\\\]|\\\\.)*"', '""', 'g'),
            '-?[0-9][-+0-9.eE]*', 'g') AS df_token(number)
          WHERE CASE
            WHEN number[1] ~ '^-?[0.]+([eE]|$)' THEN false
            WHEN number[1] ~ '[eE][-+]?0*[1-9][0-9]{3}' THEN true
            WHEN number[1]::numeric %% 1 = 0
              AND number[1]::numeric BETWEEN -9223372036854775808 AND 18446744073709551615 THEN false
            WHEN pg_catalog.abs(number[1]::numeric)
              BETWEEN 2.2250738585072014e-308 AND 1.7976931348623157e308
              THEN number[1]::numeric <> number[1]::numeric::float8::text::numeric
            ELSE true END) ELSE false END"""
            .formatted(json);
    return new Loss(condition.replaceAll("\\s+", " "), json, LossPolicy.CLAMP);
  }
}
