package io.deltaferry.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deltaferry.bound.Activity;
import io.deltaferry.bound.Bound;
import io.deltaferry.bound.Look;
import io.deltaferry.sql.Cursor;
import io.deltaferry.table.TableCatalog;
import io.deltaferry.table.TableConfig;
import io.deltaferry.testing.TestPostgres;
import io.deltaferry.type.CursorKind;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What happens between the statements of a reading is seen by one of them. */
class BoundReaderTest {
  private static final TableConfig TABLE =
      TableCatalog.read(
              """
              source: {url: "postgresql://me@db/d"}
              target: {project: my-project, dataset: shop}
              bucket: my-bucket
              tables: {ids: {source: public.ids, cursor: id}}
              """,
              Map.of())
          .requiredTable("ids");

  private static TestPostgres postgres;

  @BeforeAll
  static void start() {
    postgres = TestPostgres.create();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void aTransactionThatIsPreparedMeanwhile(int statement) throws SQLException {
    try (Connection writer = postgres.admin();
        Statement sql = writer.createStatement()) {
      writer.setAutoCommit(false);
      sql.execute("SELECT pg_current_xact_id()");
      Instant began = Instant.now();
      Activity shown = read(statement, () -> execute(sql, "PREPARE TRANSACTION 'meanwhile'"));
      Bound bound = Bound.of(shown, Duration.ZERO, null);
      assertThat(shown.prepared() == 1 || bound.pin() != null).as("%s", shown).isTrue();
      assertThat(bound.at() == null || bound.at().isBefore(began)).as("%s", bound).isTrue();
    } finally {
      postgres.run("ROLLBACK PREPARED 'meanwhile'");
    }
  }

  /** Whoever is not seen began after the clock was read. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void aTransactionThatBeginsMeanwhile(int statement) throws SQLException {
    try (Connection writer = postgres.admin();
        Statement sql = writer.createStatement()) {
      writer.setAutoCommit(false);
      Activity shown = read(statement, () -> execute(sql, "SELECT pg_current_xact_id()"));
      Instant at = Bound.of(shown, Duration.ZERO, null).at();
      sql.execute("CREATE TEMP TABLE began ON COMMIT DROP AS SELECT now() AS stamp");
      assertThat(stampIsAtOrAbove(sql, String.valueOf(at))).as("%s", at).isTrue();
    }
  }

  /** What began after the clock takes ids above the highest that was read. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void anIdThatIsTakenMeanwhile(int statement) throws SQLException {
    postgres.run(
        "DROP TABLE IF EXISTS ids",
        "CREATE TABLE ids (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,"
            + " taken timestamptz DEFAULT clock_timestamp())",
        "INSERT INTO ids DEFAULT VALUES");
    Runnable taking = () -> postgres.run("INSERT INTO ids DEFAULT VALUES");
    try (Connection connection = postgres.admin();
        PostgresSession session = new PostgresSession(interrupted(connection, statement, taking))) {
      Look look = new ConfiguredTable(TABLE, session).look(new Cursor("id", CursorKind.INTEGER));
      String highest = look.cursor().highest();
      assertThat(highest).isNotNull();
      assertThat(
              postgres.column(
                  "SELECT count(*) FROM ids WHERE id <= %s AND taken > '%s'"
                      .formatted(highest, look.activity().clock())))
          .containsExactly("0");
    }
  }

  /** Anybody can take a lock; only our own logins are believed. */
  @Test
  void ourMarkCountsUnderOurLoginAlone() throws SQLException {
    try (PostgresSession extracting = postgres.open();
        PostgresSession colleague = postgres.open();
        PostgresSession stranger = new PostgresSession(postgres.admin())) {
      extracting.beginSnapshot(null);
      assertThat(new BoundReader(colleague).read().sessions()).anyMatch(Activity.Session::reader);
      assertThat(new BoundReader(stranger).read().sessions())
          .isNotEmpty()
          .noneMatch(Activity.Session::reader);
    }
  }

  @Test
  void afterTheSnapshotItIsTooLate() {
    try (PostgresSession session = postgres.open()) {
      session.beginSnapshot(null);
      assertThatThrownBy(() -> new BoundReader(session)).isInstanceOf(IllegalStateException.class);
    }
  }

  private static boolean stampIsAtOrAbove(Statement sql, String bound) throws SQLException {
    try (var row = sql.executeQuery("SELECT stamp >= '" + bound + "'::timestamptz FROM began")) {
      row.next();
      return row.getBoolean(1);
    }
  }

  /** A reading with something that happens before its n-th statement. */
  private static Activity read(int statement, Runnable meanwhile) throws SQLException {
    try (Connection connection = postgres.admin();
        PostgresSession session =
            new PostgresSession(interrupted(connection, statement, meanwhile))) {
      return new BoundReader(session).read();
    }
  }

  private static Connection interrupted(Connection real, int statement, Runnable meanwhile) {
    AtomicInteger statements = new AtomicInteger();
    return (Connection)
        Proxy.newProxyInstance(
            Connection.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (self, method, arguments) -> {
              if (method.getName().equals("createStatement")
                  && statements.incrementAndGet() == statement) {
                meanwhile.run();
              }
              try {
                return method.invoke(real, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private static void execute(Statement statement, String sql) {
    try {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
