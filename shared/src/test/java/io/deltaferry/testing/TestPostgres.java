package io.deltaferry.testing;

import io.deltaferry.postgres.PostgresSession;
import io.deltaferry.postgres.PostgresSource;
import io.deltaferry.table.SourceConfig;
import io.deltaferry.table.SourceEndpoint;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A database of its own on the one PostgreSQL server of this test JVM. Every default that can
 * change how a value is printed is set to something hostile, for the database and for the role.
 */
public final class TestPostgres {
  /** As many transactions may be prepared and not yet committed. */
  public static final int PREPARED_TRANSACTIONS = 50;

  private static final AtomicInteger NUMBER = new AtomicInteger();
  private static final Duration STATEMENT_TIMEOUT = Duration.ofSeconds(60);

  private static final List<String> HOSTILE =
      List.of(
          "SET TimeZone = 'America/St_Johns'",
          "SET DateStyle = 'German'",
          "SET IntervalStyle = 'sql_standard'",
          "SET extra_float_digits = -15",
          "SET bytea_output = 'escape'",
          "SET lc_monetary = 'C'",
          "SET standard_conforming_strings = off",
          "SET transform_null_equals = on",
          "SET client_encoding = 'LATIN1'",
          "SET search_path = 'nowhere'",
          "SET xmlbinary = 'hex'",
          "SET default_transaction_isolation = 'read committed'");

  private final String name;

  private TestPostgres(String name) {
    this.name = name;
  }

  /** A new, empty database; it lives as long as the JVM. */
  public static TestPostgres create() {
    String name = "t" + NUMBER.incrementAndGet();
    TestPostgres created = new TestPostgres(name);
    try (Connection admin = DriverManager.getConnection(url("postgres"))) {
      execute(admin, "CREATE DATABASE " + name);
      execute(admin, "CREATE ROLE " + name + " LOGIN SUPERUSER PASSWORD 'secret " + name + "'");
      for (String hostile : HOSTILE) {
        execute(admin, "ALTER DATABASE " + name + " " + hostile);
        execute(admin, "ALTER ROLE " + name + " " + hostile);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return created;
  }

  /** Runs statements as the server's administrator, in UTC and with pgjdbc's defaults. */
  public void run(String... statements) {
    try (Connection admin = admin()) {
      for (String statement : statements) {
        execute(admin, statement);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The first column of all rows as the administrator's session prints it. */
  public List<@Nullable String> column(String sql) {
    try (Connection admin = admin();
        Statement statement = admin.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<@Nullable String> found = new ArrayList<>();
      while (rows.next()) {
        found.add(rows.getString(1));
      }
      return found;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A connection of the administrator; the caller closes it. */
  public Connection admin() throws SQLException {
    Connection admin = DriverManager.getConnection(url(name));
    execute(admin, "SET TimeZone = 'UTC'");
    execute(admin, "SET DateStyle = 'ISO, YMD'");
    execute(admin, "SET search_path = public");
    execute(admin, "SET standard_conforming_strings = on");
    execute(admin, "SET client_encoding = 'UTF8'");
    execute(admin, "SET extra_float_digits = 1");
    execute(admin, "SET transform_null_equals = off");
    return admin;
  }

  /** The database as a table file names it, with the role whose defaults are hostile. */
  public SourceConfig config() {
    return new SourceConfig(
        new SourceEndpoint.Jdbc("jdbc:postgresql://127.0.0.1:" + port() + "/" + name),
        name,
        null,
        false,
        Map.of());
  }

  public String password() {
    return "secret " + name;
  }

  public PostgresSource source() {
    return new PostgresSource(config(), password());
  }

  /** A pinned session. */
  public PostgresSession open() {
    return source().open(STATEMENT_TIMEOUT);
  }

  public static int port() {
    return Server.POSTGRES.getPort();
  }

  /** Settings that a replica has to share. */
  static EmbeddedPostgres.Builder server() {
    return EmbeddedPostgres.builder()
        .setServerConfig("fsync", "off")
        .setServerConfig("max_connections", "300")
        .setServerConfig("max_prepared_transactions", Integer.toString(PREPARED_TRANSACTIONS));
  }

  private static String url(String database) {
    return Server.POSTGRES.getJdbcUrl("postgres", database);
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Started when first asked for. */
  private static final class Server {
    static final EmbeddedPostgres POSTGRES = start();

    private static EmbeddedPostgres start() {
      try {
        EmbeddedPostgres started = server().start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> close(started)));
        return Objects.requireNonNull(started);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static void close(EmbeddedPostgres started) {
      try {
        started.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
