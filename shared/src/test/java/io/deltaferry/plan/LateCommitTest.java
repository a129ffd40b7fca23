package io.deltaferry.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltaferry.bound.Activity;
import io.deltaferry.bound.Activity.Session;
import io.deltaferry.bound.BoundReason;
import io.deltaferry.postgres.BoundReader;
import io.deltaferry.postgres.PostgresSession;
import io.deltaferry.postgres.PostgresSource;
import io.deltaferry.table.SourceConfig;
import io.deltaferry.testing.SmallSync;
import io.deltaferry.testing.TestPostgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * For each way in which a row can commit behind a watermark, the same script twice on a real
 * server: with the rule that knows of it no row is missed, without it one is.
 */
@Timeout(60)
class LateCommitTest {
  private static final String INSERT = "INSERT INTO late DEFAULT VALUES";

  private static TestPostgres postgres;

  @BeforeAll
  static void start() {
    postgres = TestPostgres.create();
    postgres.run("CREATE ROLE blind LOGIN");
  }

  /** What happens around the runs of a sync. */
  private interface Script {
    void play(SmallSync sync) throws SQLException;
  }

  @Test
  void aTransactionThatIsOpenDuringARun() throws SQLException {
    Script script = sync -> around(sync, "updated_at timestamptz DEFAULT now()");
    assertThat(missed(sync(), script)).isEmpty();
    assertThat(missed(sync().seeing(without(session -> true)), script)).containsExactly("1");
  }

  /** In REPEATABLE READ the first statement fixes the snapshot. */
  @Test
  void aCommitBetweenActivityAndSnapshot() throws SQLException {
    Script script =
        sync -> {
          table("updated_at timestamptz DEFAULT now()");
          try (Writer writer = new Writer()) {
            writer.run(INSERT);
            postgres.run(INSERT);
            sync.run(writer::commit);
          }
          sync.run();
        };
    assertThat(missed(sync(), script)).isEmpty();
    assertThat(missed(sync().snapshotFirst(), script)).containsExactly("1");
  }

  @Test
  void aPreparedTransaction() throws SQLException {
    Script script =
        sync -> {
          table("updated_at timestamptz DEFAULT now()");
          sync.run();
          try (Writer writer = new Writer()) {
            writer.run(INSERT);
            writer.run("PREPARE TRANSACTION 'late'");
          }
          postgres.run(INSERT);
          sync.run();
          postgres.run("COMMIT PREPARED 'late'");
          sync.run();
        };
    assertThat(missed(sync(), script)).isEmpty();
    UnaryOperator<Activity> unprepared = shown -> with(shown, shown.sessions(), 0);
    assertThat(missed(sync().seeing(unprepared), script)).containsExactly("1");
  }

  /** No bound at all is what makes the difference: the lateness reads the row again. */
  @Test
  void aSessionThatIsNotTracked() throws SQLException {
    Script script =
        sync -> {
          table("updated_at timestamptz DEFAULT now()");
          try (Writer writer = new Writer()) {
            writer.run("SET track_activities = off");
            writer.run(INSERT);
            postgres.run(INSERT);
            sync.run();
            writer.commit();
          }
          sync.run();
        };
    assertThat(missed(sync(), script)).isEmpty();
    Predicate<Session> untracked = session -> "disabled".equals(session.state());
    assertThat(missed(sync().seeing(without(untracked)), script)).containsExactly("1");
  }

  @Test
  void aSessionThatIsHidden() throws SQLException {
    Script script = sync -> around(sync, "updated_at timestamptz DEFAULT now()");
    assertThat(missed(blind(), script)).isEmpty();
    assertThat(missed(blind().seeing(without(session -> session.kind() == null)), script))
        .containsExactly("1");
    postgres.run("GRANT pg_read_all_stats TO blind");
    table("updated_at timestamptz DEFAULT now()");
    try (Writer writer = new Writer()) {
      writer.run(INSERT);
      RunBound seen = blind().run();
      assertThat(seen.reason()).isEqualTo(BoundReason.KNOWN);
      assertThat(seen.pin()).isNotNull();
    } finally {
      postgres.run("REVOKE pg_read_all_stats FROM blind");
    }
  }

  /** Each transaction of a message begins, for now(), when the message arrived. */
  @Test
  void aMessageOfManyTransactions() throws Exception {
    Script script =
        sync -> {
          table("updated_at timestamptz DEFAULT now()");
          String message =
              "BEGIN; SELECT pg_sleep(0.5); COMMIT; BEGIN; "
                  + INSERT
                  + "; SELECT pg_sleep(1); COMMIT";
          try (Writer writer = new Writer("preferQueryMode=simple")) {
            Thread sending = new Thread(() -> writer.run(message));
            sending.start();
            Activity between = betweenTransactions();
            postgres.run(INSERT);
            sync.replaying(between).run();
            sending.join();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
          sync.replaying(null).run();
        };
    assertThat(missed(sync(), script)).isEmpty();
    Predicate<Session> outside = session -> session.xactStart() == null;
    assertThat(missed(sync().seeing(without(outside)), script)).hasSize(1);
  }

  @Test
  void stampsOfNewYorkWithoutAZone() throws SQLException {
    Script script =
        sync -> {
          table("updated_at timestamp DEFAULT localtimestamp");
          try (Writer writer = new Writer()) {
            writer.run("SET TimeZone = 'America/New_York'");
            writer.run(INSERT);
            try (Writer other = new Writer()) {
              other.run("SET TimeZone = 'America/New_York'");
              other.run(INSERT);
              other.commit();
            }
            sync.run();
            writer.commit();
          }
          sync.run();
        };
    assertThat(missed(sync("cursor_time_zone: America/New_York"), script)).isEmpty();
    assertThat(missed(sync("cursor_time_zone: UTC"), script)).containsExactly("1");
    // Nobody has told the zone.
    assertThat(missed(sync(), script)).isEmpty();
  }

  @Test
  void idsThatCommitOutOfOrder() throws SQLException {
    Script script =
        sync -> {
          table("updated_at timestamptz");
          postgres.run(INSERT);
          sync.run();
          try (Writer writer = new Writer()) {
            writer.run(INSERT);
            postgres.run(INSERT);
            sync.run();
            writer.commit();
          }
          sync.run();
        };
    assertThat(missed(byId(), script)).isEmpty();
    UnaryOperator<RunBound> toTheHigh =
        bound -> new RunBound(bound.at(), "9999", BoundReason.KNOWN, bound.pin(), bound.history());
    assertThat(missed(byId().bounding(toTheHigh), script)).containsExactly("2");
  }

  /** A sequence with a cache hands a session numbers that others have long passed. */
  @Test
  void idsOfASequenceWithACacheAreNotSettled() throws SQLException {
    table("updated_at timestamptz");
    postgres.run("ALTER TABLE late ALTER COLUMN id SET CACHE 10", INSERT);
    SmallSync sync = byId();
    sync.run();
    assertThat(sync.run().reason()).isEqualTo(BoundReason.NO_SEQUENCE);
  }

  @Test
  void transactionIds() throws SQLException {
    Script script = sync -> around(sync, "updated_at xid8 DEFAULT pg_current_xact_id()");
    assertThat(missed(sync(), script)).isEmpty();
    UnaryOperator<RunBound> toTheHigh =
        bound ->
            new RunBound(bound.at(), "999999999", BoundReason.KNOWN, bound.pin(), bound.history());
    assertThat(missed(sync().bounding(toTheHigh), script)).containsExactly("1");
  }

  /** Else tables that are extracted at the same time would keep each other's watermarks back. */
  @Test
  void ourOwnExtractionsDoNotPin() throws SQLException {
    table("updated_at timestamptz DEFAULT now()");
    try (PostgresSession extracting = postgres.open()) {
      extracting.beginSnapshot(null);
      assertThat(sync().run().pin()).isNull();
    }
  }

  /** A person who mends rows with the same login and the same name, before the first write. */
  @Test
  void whoOnlyLooksLikeAnExtractionPins() throws SQLException {
    table("updated_at timestamptz DEFAULT now()");
    try (Connection person =
            DriverManager.getConnection(
                url() + "?ApplicationName=deltaferry",
                postgres.config().user(),
                postgres.password());
        Statement statement = person.createStatement()) {
      person.setAutoCommit(false);
      statement.execute("SELECT 1");
      assertThat(sync().run().pin()).isNotNull();
    }
  }

  /** Two rows, the first of a transaction that outlasts a run. */
  private static void around(SmallSync sync, String column) throws SQLException {
    table(column);
    try (Writer writer = new Writer()) {
      writer.run(INSERT);
      postgres.run(INSERT);
      sync.run();
      writer.commit();
    }
    sync.run();
  }

  private static Set<String> missed(SmallSync sync, Script script) throws SQLException {
    script.play(sync);
    Set<String> missed = new HashSet<>();
    postgres.column("SELECT id FROM late").forEach(id -> missed.add(String.valueOf(id)));
    missed.removeAll(sync.ids());
    return missed;
  }

  private static void table(String column) {
    postgres.run(
        "DROP TABLE IF EXISTS late",
        "CREATE TABLE late (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, " + column + ")",
        "GRANT SELECT ON late TO blind");
  }

  private static SmallSync sync(String... settings) {
    return new SmallSync(postgres.source(), "late", concat("cursor: updated_at", settings));
  }

  private static SmallSync byId() {
    return new SmallSync(postgres.source(), "late", "cursor: id");
  }

  /** As a role that sees no session of others. */
  private static SmallSync blind() {
    SourceConfig config =
        new SourceConfig(postgres.config().endpoint(), "blind", null, false, Map.of());
    return new SmallSync(new PostgresSource(config, ""), "late", "cursor: updated_at");
  }

  private static String[] concat(String first, String... others) {
    String[] all = new String[others.length + 1];
    all[0] = first;
    System.arraycopy(others, 0, all, 1, others.length);
    return all;
  }

  private static UnaryOperator<Activity> without(Predicate<Session> unseen) {
    return shown ->
        with(shown, shown.sessions().stream().filter(unseen.negate()).toList(), shown.prepared());
  }

  private static Activity with(Activity shown, List<Session> sessions, long prepared) {
    return new Activity(shown.clock(), sessions, prepared, shown.xmin(), shown.replica());
  }

  /**
   * The activity during a message, as it is between two of its transactions. That moment is too
   * short to be met, so the first transaction is taken out of what is shown while it sleeps.
   */
  private static Activity betweenTransactions() {
    try (PostgresSession session = postgres.open()) {
      BoundReader reader = new BoundReader(session);
      Activity shown = reader.read();
      while (shown.sessions().stream().noneMatch(LateCommitTest::isAtWork)) {
        shown = reader.read();
      }
      return with(
          shown, shown.sessions().stream().map(LateCommitTest::between).toList(), shown.prepared());
    }
  }

  private static boolean isAtWork(Session session) {
    return "active".equals(session.state()) && session.xactStart() != null;
  }

  private static Session between(Session session) {
    return new Session(
        session.pid(), session.kind(), session.state(), null, session.queryStart(), false, false);
  }

  private static String url() {
    return "jdbc:postgresql://127.0.0.1:"
        + TestPostgres.port()
        + "/"
        + postgres.column("SELECT current_database()").get(0);
  }

  /** A session that writes; what it has not committed is rolled back. */
  private static final class Writer implements AutoCloseable {
    private final Connection connection;

    Writer(String... properties) throws SQLException {
      connection =
          DriverManager.getConnection(
              url() + "?" + String.join("&", properties),
              postgres.config().user(),
              postgres.password());
      connection.setAutoCommit(properties.length > 0);
      run("SET search_path = public");
      commit();
    }

    void run(String sql) {
      try (Statement statement = connection.createStatement()) {
        statement.execute(sql);
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }

    void commit() {
      try {
        if (!connection.getAutoCommit()) {
          connection.commit();
        }
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public void close() throws SQLException {
      connection.close();
    }
  }
}
