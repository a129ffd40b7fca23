package io.deltaferry.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deltaferry.sql.Cursor;
import io.deltaferry.sql.DeltaQuery;
import io.deltaferry.sql.DeltaSource;
import io.deltaferry.sql.PgQuery;
import io.deltaferry.sql.PgTable;
import io.deltaferry.sql.Window;
import io.deltaferry.table.TableSchema;
import io.deltaferry.testing.TestPostgres;
import io.deltaferry.type.MappingOptions;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SourceFilesTest {
  private static TestPostgres postgres;

  @BeforeAll
  static void start() {
    postgres = TestPostgres.create();
    postgres.run(
        "CREATE TABLE plain (id int PRIMARY KEY, at timestamptz)",
        "INSERT INTO plain SELECT n, now() FROM generate_series(1, 5) n",
        "CREATE TABLE wide (id int, at timestamptz)",
        "CREATE TABLE parted (id int, at timestamptz) PARTITION BY LIST (id)",
        "CREATE TABLE parted_1 PARTITION OF parted FOR VALUES IN (1)",
        "CREATE TABLE parted_2 PARTITION OF parted DEFAULT PARTITION BY LIST (id)",
        "CREATE TABLE parted_2_1 PARTITION OF parted_2 DEFAULT",
        "CREATE TABLE parent (id int, at timestamptz)",
        "CREATE TABLE child () INHERITS (parent)",
        "CREATE VIEW seen AS SELECT p.id, p.at FROM plain p WHERE id IN (SELECT id FROM parted)",
        "CREATE MATERIALIZED VIEW kept AS SELECT * FROM plain");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "plain  | TRUNCATE plain",
        "plain  | VACUUM FULL plain",
        "plain  | CLUSTER plain USING plain_pkey",
        "wide   | ALTER TABLE wide ALTER COLUMN id TYPE bigint USING id + 1",
        "parted | TRUNCATE parted_2",
        "parted | VACUUM FULL parted_1",
        "parent | TRUNCATE child",
        "seen   | TRUNCATE plain",
        "seen   | TRUNCATE parted_2_1",
        "kept   | REFRESH MATERIALIZED VIEW kept",
      })
  void newFilesShow(String table, String statement) {
    assertChange(PgTable.of("public", table), statement, true);
    assertChange(new PgQuery("SELECT * FROM public." + table), statement, true);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "plain  | UPDATE plain SET at = at",
        "plain  | VACUUM plain",
        "plain  | REINDEX TABLE plain",
        "plain  | TRUNCATE parted",
        "parted | CREATE INDEX ON parted (at)",
      })
  void otherChangesDoNot(String table, String statement) {
    assertChange(PgTable.of("public", table), statement, false);
  }

  @Test
  void aPartitionThatIsGoneHasNone() {
    postgres.run(
        "CREATE TABLE shrinking (id int, at timestamptz) PARTITION BY LIST (id)",
        "CREATE TABLE shrinking_1 PARTITION OF shrinking DEFAULT");
    assertChange(PgTable.of("public", "shrinking"), "DROP TABLE shrinking_1", true);
  }

  /** The hole itself: a snapshot, a rewrite that nothing holds up, and no rows. */
  @Test
  void withoutTheLockAnOlderSnapshotSeesAnEmptyTable() {
    postgres.run(
        "CREATE TABLE hole (id int, at timestamptz)", "INSERT INTO hole VALUES (1, now())");
    try (PostgresSession session = postgres.open()) {
      session.beginSnapshot(null);
      postgres.run("ALTER TABLE hole ALTER COLUMN id TYPE bigint");
      assertThat(session.text("SELECT count(*) FROM hole", "counting")).hasValue("0");
    }
  }

  /** LOCK TABLE on a whole takes its parts too, and on a view the tables under it. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "plain: TRUNCATE plain",
        "parted: TRUNCATE parted_1",
        "parted: TRUNCATE parted_2_1",
        "parted: ALTER TABLE parted DETACH PARTITION parted_1",
        "parent: TRUNCATE child",
        "seen: TRUNCATE plain",
        "seen: TRUNCATE parted_2_1",
      })
  void theLockHoldsUpWhatWouldRewrite(String both) {
    String table = both.substring(0, both.indexOf(':'));
    String statement = both.substring(both.indexOf(':') + 1);
    try (PostgresSession session = postgres.open()) {
      session.beginSnapshot(PgTable.of("public", table));
      assertThatThrownBy(() -> postgres.run("SET lock_timeout = '100ms'", statement))
          .hasMessageContaining("lock timeout");
    }
  }

  /** Whoever has rewritten the table while the lock was waited for is seen. */
  @Test
  void theSnapshotIsTakenOnceTheLockIsHeld() throws Exception {
    postgres.run(
        "CREATE TABLE rewritten (id int, at timestamptz)",
        "INSERT INTO rewritten VALUES (1, now())");
    try (Connection writer = postgres.admin();
        Statement sql = writer.createStatement();
        PostgresSession session = postgres.open()) {
      writer.setAutoCommit(false);
      sql.execute("LOCK TABLE rewritten IN ACCESS EXCLUSIVE MODE");
      CompletableFuture<Void> begun =
          CompletableFuture.runAsync(
              () -> session.beginSnapshot(PgTable.of("public", "rewritten")));
      awaitOneThatWaits("rewritten");
      sql.execute("ALTER TABLE rewritten ALTER COLUMN id TYPE bigint");
      writer.commit();
      begun.join();
      assertThat(session.text("SELECT count(*) FROM rewritten", "counting")).hasValue("1");
    }
  }

  private static void awaitOneThatWaits(String table) throws InterruptedException {
    String waiting =
        "SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = '%s'::regclass"
            .formatted(table);
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (postgres.column(waiting).contains("0")) {
      assertThat(System.nanoTime()).as("somebody waits for " + table).isLessThan(deadline);
      Thread.sleep(10);
    }
  }

  /** Attaching waits for no reader, and what it brings is read or not as any row. */
  @Test
  void aPartitionMayBeAttachedMeanwhile() {
    postgres.run(
        "CREATE TABLE growing (id int, at timestamptz) PARTITION BY LIST (id)",
        "CREATE TABLE growing_2 (id int, at timestamptz)",
        "INSERT INTO growing_2 VALUES (2, now())");
    PgTable table = PgTable.of("public", "growing");
    try (PostgresSession session = postgres.open()) {
      Map<Long, Long> planned = new SourceFiles(session).of(query(session, table));
      session.beginSnapshot(table);
      postgres.run("ALTER TABLE growing ATTACH PARTITION growing_2 FOR VALUES IN (2)");
      assertThat(session.text("SELECT count(*) FROM growing", "counting")).hasValue("1");
      assertThat(new SourceFiles(session).now(planned.keySet())).isEqualTo(planned);
    }
  }

  /** Row-level security may hide rows of a part from whoever reads it by itself. */
  @Test
  void partsThatCameLaterAreKnownAsFarAsTheyMayBeRead() {
    postgres.run(
        "CREATE TABLE later (id int, at timestamptz) PARTITION BY LIST (id)",
        "CREATE TABLE later_1 PARTITION OF later FOR VALUES IN (1)");
    PgTable table = PgTable.of("public", "later");
    try (PostgresSession session = postgres.open()) {
      Set<Long> before = new SourceFiles(session).of(query(session, table)).keySet();
      assertThat(new SourceFiles(session).attached(table, before)).isEmpty();
      postgres.run(
          "CREATE TABLE later_2 PARTITION OF later FOR VALUES IN (2) PARTITION BY LIST (id)",
          "CREATE TABLE later_2_1 PARTITION OF later_2 DEFAULT",
          "CREATE TABLE later_3 PARTITION OF later FOR VALUES IN (3)",
          "ALTER TABLE later_3 ENABLE ROW LEVEL SECURITY");
      assertThat(new SourceFiles(session).attached(table, before))
          .containsExactly(PgTable.of("public", "later_2_1"));
    }
  }

  private static void assertChange(DeltaSource source, String statement, boolean changes) {
    try (PostgresSession planning = postgres.open();
        PostgresSession extracting = postgres.open()) {
      Map<Long, Long> planned = new SourceFiles(planning).of(query(planning, source));
      extracting.beginSnapshot(null);
      assertThat(new SourceFiles(extracting).now(planned.keySet())).isEqualTo(planned);
      postgres.run(statement);
      // As the COPY would.
      extracting.text("SELECT count(*) FROM " + source.fromItem(), "counting");
      assertThat(new SourceFiles(extracting).now(planned.keySet()).equals(planned))
          .isEqualTo(!changes);
    }
  }

  private static DeltaQuery query(PostgresSession session, DeltaSource source) {
    TableSchema schema = new CatalogReader(session).describe(source);
    return new DeltaQuery(
        source,
        schema.mappings(List.of(), MappingOptions.DEFAULT),
        Cursor.of("at", schema),
        Window.ALL,
        null);
  }
}
