package io.deltaferry.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.deltaferry.error.DeltaferryException;
import io.deltaferry.error.ErrorCode;
import io.deltaferry.sql.PgQuery;
import io.deltaferry.sql.PgTable;
import io.deltaferry.table.SourceConfig;
import io.deltaferry.table.SourceEndpoint;
import io.deltaferry.testing.TestPostgres;
import io.deltaferry.type.HashKey;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.postgresql.Driver;

class PostgresSourceTest {
  private static final HashKey HASH_KEY = HashKey.of("the secret of these hashes");

  private static TestPostgres postgres;

  @BeforeAll
  static void start() {
    postgres = TestPostgres.create();
    postgres.run(
        "CREATE ROLE reader LOGIN",
        "CREATE SCHEMA closed",
        "CREATE TABLE closed.vault (a int)",
        "CREATE TABLE public.vault (a int)");
  }

  @Test
  void pinsTheSessionWhateverTheRoleSays() {
    try (PostgresSession session = postgres.open()) {
      assertThat(
              session.row(
                  "SELECT current_setting('TimeZone'), current_setting('DateStyle'),"
                      + " current_setting('IntervalStyle'), current_setting('extra_float_digits'),"
                      + " current_setting('bytea_output'), current_setting('client_encoding'),"
                      + " current_setting('search_path'), current_setting('application_name'),"
                      + " current_setting('statement_timeout'),"
                      + " current_setting('standard_conforming_strings')",
                  "reading settings"))
          .containsExactly(
              "UTC",
              "ISO, YMD",
              "iso_8601",
              "1",
              "hex",
              "UTF8",
              "pg_catalog, public, pg_temp",
              "deltaferry",
              "1min",
              "on");
    }
  }

  /** Some locales write other digits, which are no numbers in SQL. */
  @Test
  void theMachinesLocaleDoesNotReachTheServer() {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag("ar-EG"));
    try (PostgresSession session = postgres.open()) {
      assertThat(session.text("SHOW statement_timeout", "reading a setting")).hasValue("1min");
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void oneSnapshotForTheWholeTransaction() {
    postgres.run("CREATE TABLE growing (a int)");
    try (PostgresSession session = postgres.open()) {
      session.beginSnapshot(PgTable.of("public", "growing"));
      String count = "SELECT count(*) FROM growing";
      assertThat(session.text(count, "counting")).hasValue("0");
      postgres.run("INSERT INTO growing VALUES (1)");
      assertThat(session.text(count, "counting")).hasValue("0");
      assertThat(
              catchThrowableOfType(
                      DeltaferryException.class,
                      () -> session.text("DELETE FROM growing RETURNING a", "deleting"))
                  .code())
          .isEqualTo(ErrorCode.SOURCE_UNAVAILABLE);
    }
  }

  @Test
  void readsTheDatabasesClock() {
    try (PostgresSession session = postgres.open()) {
      assertThat(Duration.between(session.clock(), Instant.now()).abs())
          .isLessThan(Duration.ofSeconds(30));
    }
  }

  @Test
  void aServerThatIsDownIsUnavailable() throws IOException {
    int free;
    try (ServerSocket socket = new ServerSocket(0)) {
      free = socket.getLocalPort();
    }
    DeltaferryException failure =
        failureOfLogin("jdbc:postgresql://127.0.0.1:" + free + "/any", "anyone");
    assertThat(failure.code()).isEqualTo(ErrorCode.SOURCE_UNAVAILABLE);
    assertThat(failure).hasMessageContaining("connecting").hasMessageContaining("127.0.0.1");
  }

  @Test
  void aRefusedLoginSaysSo() {
    DeltaferryException failure = failureOfLogin(url(), "nobody_knows");
    assertThat(failure.code()).isEqualTo(ErrorCode.SOURCE_LOGIN_REFUSED);
    assertThat(failure.getMessage()).contains("nobody_knows").doesNotContain("the-password");
  }

  @Test
  void aMissingDatabaseIsUnavailable() {
    assertThat(
            failureOfLogin(
                    "jdbc:postgresql://127.0.0.1:" + TestPostgres.port() + "/none", "postgres")
                .code())
        .isEqualTo(ErrorCode.SOURCE_UNAVAILABLE);
  }

  @Test
  void namesWhatIsMissingOrDenied() {
    assertThat(failureOf("SELECT * FROM nowhere")).isEqualTo(ErrorCode.SOURCE_MISSING);
    assertThat(failureOf("SELECT no_column FROM public.vault")).isEqualTo(ErrorCode.COLUMN_MISSING);
    assertThat(failureOf("SELECT * FROM public.vault")).isEqualTo(ErrorCode.SOURCE_DENIED);
    assertThat(failureOf("SELECT * FROM closed.vault")).isEqualTo(ErrorCode.SOURCE_DENIED);
    assertThat(failureOf("SELECT FROM FROM")).isEqualTo(ErrorCode.SOURCE_QUERY_FAILED);
  }

  @Test
  void rowsThatAPolicyHidesAreAnError() {
    postgres.run(
        "CREATE TABLE hidden (a int)",
        "ALTER TABLE hidden ENABLE ROW LEVEL SECURITY",
        "GRANT SELECT ON hidden TO reader");
    assertThat(failureOf("SELECT * FROM hidden")).isEqualTo(ErrorCode.SOURCE_DENIED);
  }

  @Test
  void aStatementThatRunsTooLongIsCancelled() {
    try (PostgresSession session = postgres.source().open(Duration.ofMillis(200))) {
      DeltaferryException failure =
          catchThrowableOfType(
              DeltaferryException.class, () -> session.text("SELECT pg_sleep(20)", "sleeping"));
      assertThat(failure.code()).isEqualTo(ErrorCode.SOURCE_TIMEOUT);
      assertThat(failure).hasMessageContaining("57014").hasMessageContaining("timeout");
    }
  }

  /** What a standby says to a query whose rows its replay removes. */
  @Test
  void aConflictWithRecoveryIsATimeout() {
    try (PostgresSession session = postgres.open()) {
      String conflict =
          "DO $$BEGIN RAISE EXCEPTION USING ERRCODE = '40001', MESSAGE ="
              + " 'canceling statement due to conflict with recovery'; END$$";
      DeltaferryException failure =
          catchThrowableOfType(DeltaferryException.class, () -> session.text(conflict, "reading"));
      assertThat(failure.code()).isEqualTo(ErrorCode.SOURCE_TIMEOUT);
      assertThat(failure).hasMessageContaining("conflict with recovery");
    }
  }

  @Test
  void googleInstancesAreReachedThroughTheirConnectors() {
    ConnectionProperties alloy =
        properties(
            new SourceEndpoint.AlloyDb("projects/p/locations/l/clusters/c/instances/i", "db"));
    assertThat(alloy.url()).isEqualTo("jdbc:postgresql:///db");
    assertThat(alloy.properties())
        .containsEntry("socketFactory", "com.google.cloud.alloydb.SocketFactory")
        .containsEntry("alloydbInstanceName", "projects/p/locations/l/clusters/c/instances/i")
        .containsEntry("alloydbEnableIAMAuth", "true")
        .containsEntry("sslmode", "require");
    ConnectionProperties cloudSql = properties(new SourceEndpoint.CloudSql("p:r:i", "db"));
    assertThat(cloudSql.properties())
        .containsEntry("socketFactory", "com.google.cloud.sql.postgres.SocketFactory")
        .containsEntry("cloudSqlInstance", "p:r:i")
        .containsEntry("enableIamAuth", "true")
        .containsEntry("cloudSqlRefreshStrategy", "lazy");
    assertThat(cloudSql.properties()).containsEntry("options", HASH_KEY.options());
    assertThat(cloudSql).hasToString("ConnectionProperties[jdbc:postgresql:///db]");
  }

  @Test
  void thePropertiesOfTheTableFileCannotUndoWhatWeRestOn() {
    Properties properties =
        properties(new SourceEndpoint.Jdbc("jdbc:postgresql://h/d")).properties();
    assertThat(properties).containsEntry("logServerErrorDetail", "false");
  }

  @Test
  void nothingInAUrlUndoesWhatWeRestOn() throws Exception {
    ConnectionProperties connection =
        properties(
            new SourceEndpoint.Jdbc(
                "jdbc:postgresql://h:5433/d%20b?logServerErrorDetail=true&socketTimeout=1"
                    + "&ApplicationName=a%26b&options=-c%20geqo%3Doff"));

    // As the driver sees both: what stands in a URL would win there.
    Properties seen = Driver.parseURL(connection.url(), connection.properties());

    assertThat(seen)
        .containsEntry("PGHOST", "h")
        .containsEntry("PGPORT", "5433")
        .containsEntry("PGDBNAME", "d b");
    assertThat(seen.getProperty("logServerErrorDetail")).isEqualTo("false");
    assertThat(seen.getProperty("ApplicationName")).isEqualTo("deltaferry");
    assertThat(seen.getProperty("options")).isEqualTo("-c geqo=off " + HASH_KEY.options());
    assertThat(connection.url()).doesNotContain("socketTimeout");
  }

  private static ConnectionProperties properties(SourceEndpoint endpoint) {
    return ConnectionProperties.of(
        new SourceConfig(
            endpoint,
            "u",
            null,
            true,
            Map.of("sslmode", "require", "logServerErrorDetail", "true")),
        "",
        HASH_KEY);
  }

  private static ErrorCode failureOf(String query) {
    try (PostgresSession session =
        new PostgresSource(config(url(), "reader"), "").open(Duration.ofSeconds(10))) {
      return catchThrowableOfType(
              DeltaferryException.class,
              () -> {
                new CatalogReader(session).describe(new PgQuery(query));
                session.text(query, "reading");
              })
          .code();
    }
  }

  private static DeltaferryException failureOfLogin(String url, String user) {
    return catchThrowableOfType(
        DeltaferryException.class,
        () -> new PostgresSource(config(url, user), "the-password").open(Duration.ofSeconds(5)));
  }

  private static SourceConfig config(String url, String user) {
    return new SourceConfig(new SourceEndpoint.Jdbc(url), user, null, false, Map.of());
  }

  private static String url() {
    return ((SourceEndpoint.Jdbc) postgres.config().endpoint()).jdbcUrl();
  }
}
