package io.deltaferry.localgcp.bigquery.type;

import java.math.BigInteger;
import java.util.List;

/**
 * DuckDB macros between text and BIGNUM, in which a BIGNUMERIC is stored times 10^38.
 *
 * <p>Exact on such BIGNUMs without any macro: comparison, MIN, MAX, SUM, binary + and -, DISTINCT,
 * GROUP BY, ORDER BY, joins. Not exact, so to be refused by whoever translates: multiplication and
 * division (DuckDB answers a DOUBLE), AVG, and a direct cast from or to any other type. Unary minus
 * yields a BIGNUM that looks right but compares wrongly (duckdb_jdbc 2.0.0.1): subtract from zero.
 */
public final class BigNumericMacros {
  /** Exponents beyond this are out of range or zero anyway. */
  private static final int MAX_EXPONENT = 1_000;

  private BigNumericMacros() {}

  /**
   * Statements that create {@code bq_bignumeric(text)}, which rounds half away from zero and fails
   * on what is not in range, {@code bq_try_bignumeric(text)}, which answers NULL instead, and
   * {@code bq_bignumeric_text(bignum)}, plain digits without trailing zeros. Other types go through
   * their text.
   */
  public static List<String> statements() {
    return List.of(
        """
        CREATE OR REPLACE MACRO bq__bignum_scaled(digits, keep) AS
          CASE WHEN keep < 0 THEN CAST('0' AS BIGNUM)
               WHEN keep >= length(digits)
                 THEN CAST(digits || repeat('0', CAST(keep - length(digits) AS BIGINT)) AS BIGNUM)
               ELSE CAST('0' || left(digits, keep) AS BIGNUM)
                 + CAST(CASE WHEN substr(digits, keep + 1, 1) >= '5' THEN '1' ELSE '0' END AS BIGNUM)
          END
        """,
        """
        CREATE OR REPLACE MACRO bq__bignum_exponent(t) AS
          least(%1$d, greatest(-%1$d,
            coalesce(TRY_CAST(regexp_extract(t, '[eE]([+-]?[0-9]+)$', 1) AS DECIMAL(38,0)), 0)))
            ::INTEGER
        """
            .formatted(MAX_EXPONENT),
        """
        CREATE OR REPLACE MACRO bq__bignum_magnitude(t) AS
          bq__bignum_scaled(
            regexp_extract(t, '^[+-]?([0-9]*)', 1) || regexp_extract(t, '^[+-]?[0-9]*\\.?([0-9]*)', 1),
            length(regexp_extract(t, '^[+-]?([0-9]*)', 1)) + bq__bignum_exponent(t) + 38)
        """,
        """
        CREATE OR REPLACE MACRO bq__bignum_in_range(n) AS
          CASE WHEN n BETWEEN CAST('-%1$s' AS BIGNUM) AND CAST('%2$s' AS BIGNUM) THEN n END
        """
            .formatted(
                BigInteger.ONE.shiftLeft(255),
                BigInteger.ONE.shiftLeft(255).subtract(BigInteger.ONE)),
        """
        CREATE OR REPLACE MACRO bq_try_bignumeric(t) AS
          CASE WHEN regexp_full_match(t, '[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?')
               THEN bq__bignum_in_range(
                 CASE WHEN left(t, 1) = '-' THEN CAST('0' AS BIGNUM) - bq__bignum_magnitude(t)
                      ELSE bq__bignum_magnitude(t) END)
          END
        """,
        """
        CREATE OR REPLACE MACRO bq_bignumeric(t) AS
          CASE WHEN t IS NULL THEN NULL
               ELSE coalesce(bq_try_bignumeric(t), error('Invalid BIGNUMERIC value: ' || t)) END
        """,
        """
        CREATE OR REPLACE MACRO bq__plain(digits) AS
          left(digits, length(digits) - 38)
            || rtrim(rtrim('.' || right(digits, 38), '0'), '.')
        """,
        """
        CREATE OR REPLACE MACRO bq_bignumeric_text(n) AS
          CASE WHEN n < CAST('0' AS BIGNUM) THEN '-' ELSE '' END
            || bq__plain(lpad(ltrim(CAST(n AS VARCHAR), '-'),
                 CAST(greatest(39, length(ltrim(CAST(n AS VARCHAR), '-'))) AS INTEGER), '0'))
        """);
  }
}
