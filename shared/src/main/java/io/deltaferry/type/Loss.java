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
}
