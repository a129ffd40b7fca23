package io.deltaferry.postgres;

import java.time.Duration;
import java.util.Locale;

/**
 * The settings of a session: whatever the server, the database or the role say otherwise must not
 * change one byte of what COPY prints.
 */
final class SessionPins {
  static final Duration LOCK_TIMEOUT = Duration.ofSeconds(60);

  private SessionPins() {}

  /**
   * Sets everything that exists since PostgreSQL 14. lc_monetary stays: it says how many decimals
   * the stored integers of money have, which is the database's business. With row_security off a
   * policy that would hide rows from us is an error instead.
   *
   * @param statementTimeout of every statement of the session
   */
  static String sql(Duration statementTimeout) {
    return String.format(
        Locale.ROOT,
        """
    SET TimeZone = 'UTC';
    SET DateStyle = 'ISO, YMD';
    SET IntervalStyle = 'iso_8601';
    SET extra_float_digits = 1;
    SET bytea_output = 'hex';
    SET client_encoding = 'UTF8';
    SET standard_conforming_strings = on;
    SET transform_null_equals = off;
    SET row_security = off;
    SET search_path = pg_catalog, public, pg_temp;
    SET xmlbinary = 'base64';
    SET application_name = '%s';
    SET statement_timeout = %d;
    SET lock_timeout = %d;
    SET idle_in_transaction_session_timeout = %d;
    SET idle_session_timeout = 0""",
        PostgresSource.APPLICATION_NAME,
        statementTimeout.toMillis(),
        LOCK_TIMEOUT.toMillis(),
        statementTimeout.toMillis());
  }

  /** Settings that only newer servers have. */
  static String newerSql() {
    return """
    SELECT pg_catalog.set_config(name, '0', false)
    FROM pg_catalog.pg_settings
    WHERE name = 'transaction_timeout'""";
  }
}
