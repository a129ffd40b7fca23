package io.deltaferry.postgres;

import io.deltaferry.table.SourceConfig;
import io.deltaferry.type.HashKey;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** Opens pinned sessions on the source database; thread-safe. */
public final class PostgresSource {
  /** How our sessions are told from others in {@code pg_stat_activity}. */
  public static final String APPLICATION_NAME = "deltaferry";

  /** The server's own timeout comes first; this one is for a network that has died. */
  private static final Duration NETWORK_MARGIN = Duration.ofSeconds(30);

  private final ConnectionProperties connection;
  private final Driver driver = new org.postgresql.Driver();

  /**
   * Takes the settings, and connects to nothing yet.
   *
   * @param password resolved; empty when none is needed
   */
  public PostgresSource(SourceConfig config, String password) {
    this(config, password, null);
  }

  /**
   * As {@link #PostgresSource(SourceConfig, String)}, for columns that are hashed.
   *
   * @param hashKey what they are hashed with, or null
   */
  public PostgresSource(SourceConfig config, String password, @Nullable HashKey hashKey) {
    this.connection = ConnectionProperties.of(config, password, hashKey);
  }

  /**
   * Opens a session in autocommit.
   *
   * @param statementTimeout of each statement of the session
   * @throws io.deltaferry.error.DeltaferryException SOURCE_UNAVAILABLE or SOURCE_LOGIN_REFUSED
   */
  public PostgresSession open(Duration statementTimeout) {
    try {
      return new PostgresSession(pinned(statementTimeout));
    } catch (SQLException e) {
      throw SourceFailures.translate(e, "connecting to the source database");
    }
  }

  private Connection pinned(Duration statementTimeout) throws SQLException {
    Properties properties = connection.properties();
    properties.setProperty(
        "socketTimeout", Long.toString(statementTimeout.plus(NETWORK_MARGIN).toSeconds()));
    Connection opened = driver.connect(connection.url(), properties);
    if (opened == null) {
      throw new SQLException("the URL is not one of PostgreSQL's", "08001");
    }
    try (Statement statement = opened.createStatement()) {
      statement.execute(SessionPins.sql(statementTimeout));
      statement.execute(SessionPins.newerSql());
      return opened;
    } catch (SQLException e) {
      opened.close();
      throw e;
    }
  }
}
