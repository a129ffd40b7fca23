package io.deltaferry.type;

import org.jspecify.annotations.Nullable;

/**
 * What a type can lose.
 *
 * @param kind says which settings of a column decide on it
 * @param condition true for a value that does not fit
 * @param clamp the nearest value that fits, for every value; null when there is none to name
 * @param policy when the table says nothing
 */
record Loss(Kind kind, String condition, @Nullable String clamp, LossPolicy policy) {
  /** What does not fit. */
  enum Kind {
    /** A date, a time or an interval out of range. */
    TIME,
    /** A number too large, with too many digits, or none at all. */
    NUMBER,
    /** A number inside of JSON. */
    JSON,
    /** What has no setting of its own. */
    OTHER
  }

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
          Kind.TIME,
          "{c} = '24:00:00'::time",
          "CASE WHEN {c} = '24:00:00'::time THEN '23:59:59.999999'::time ELSE {c} END",
          LossPolicy.CLAMP);

  /** A declared numeric still takes NaN. */
  static final Loss NAN = new Loss(Kind.NUMBER, "{c} = 'NaN'::numeric", null, LossPolicy.FAIL);

  /** NaN and the infinities sort outside of the bounds. */
  static final Loss BIGNUMERIC =
      new Loss(
          Kind.NUMBER,
          "NOT ({c} BETWEEN "
              + BIGNUMERIC_MIN
              + " AND "
              + BIGNUMERIC_MAX
              // Trailing zeros are no loss; looking for them costs, so only where it matters.
              + " AND (pg_catalog.scale({c}) <= 38"
              + " OR pg_catalog.scale(pg_catalog.trim_scale({c})) <= 38))",
          null,
          LossPolicy.FAIL);

  /** Ten thousand years, their days, and their hours: what each part of an INTERVAL may be. */
  static final Loss INTERVAL =
      new Loss(
          Kind.TIME,
          "(pg_catalog.abs(EXTRACT(year FROM {c}) * 12 + EXTRACT(month FROM {c})) > 120000"
              + " OR pg_catalog.abs(EXTRACT(day FROM {c})) > 3660000"
              + " OR pg_catalog.abs(EXTRACT(hour FROM {c}) * 3600 + EXTRACT(minute FROM {c}) * 60"
              + " + EXTRACT(second FROM {c})) > 316224000000)",
          null,
          LossPolicy.FAIL);

  /** Beyond 64 bits, a fraction, or no number at all. */
  static final Loss WHOLE =
      new Loss(
          Kind.NUMBER,
          "NOT ({c} BETWEEN -9223372036854775808 AND 9223372036854775807"
              + " AND {c} = pg_catalog.trunc({c}))",
          null,
          LossPolicy.FAIL);

  /** More digits than these before the point, or after it; trailing zeros are no loss. */
  static Loss digits(int before, int after) {
    return new Loss(
        Kind.NUMBER,
        "NOT (pg_catalog.abs({c}::numeric) < '1e%d'::numeric AND pg_catalog.scale(pg_catalog.trim_scale({c}::numeric)) <= %d)"
            .formatted(before, after),
        null,
        LossPolicy.FAIL);
  }

  /** NaN equals NaN in PostgreSQL and not in BigQuery, so as a key it would insert for ever. */
  static final Loss NAN_KEY = new Loss(Kind.OTHER, "{c} = 'NaN'", null, LossPolicy.FAIL);

  /**
   * Of a key column: NULL never equals NULL in a merge, so it would insert for ever.
   *
   * @param own what the column's type can lose, or null
   */
  static Loss ofKey(@Nullable Loss own) {
    String more = own == null ? "" : " OR " + own.condition();
    return new Loss(Kind.OTHER, "({c} IS NULL" + more + ")", null, LossPolicy.FAIL);
  }

  /** CASE and not LEAST/GREATEST, which turn NULL into the bound. */
  private static Loss range(String low, String high) {
    return new Loss(
        Kind.TIME,
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
