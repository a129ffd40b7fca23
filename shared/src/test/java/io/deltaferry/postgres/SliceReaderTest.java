package io.deltaferry.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltaferry.sql.Cursor;
import io.deltaferry.sql.DeltaQuery;
import io.deltaferry.sql.DeltaSource;
import io.deltaferry.sql.LeafSize;
import io.deltaferry.sql.PgQuery;
import io.deltaferry.sql.PgTable;
import io.deltaferry.sql.Place;
import io.deltaferry.sql.RowOrder;
import io.deltaferry.sql.SlicingQuery;
import io.deltaferry.sql.Window;
import io.deltaferry.testing.TestPostgres;
import io.deltaferry.type.CursorKind;
import io.deltaferry.type.MappingOptions;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SliceReaderTest {
  private static final RowOrder ORDER =
      new RowOrder("at", true, List.of(new RowOrder.KeyColumn("id", false, false)));

  private static TestPostgres postgres;
  private static PostgresSession session;

  @BeforeAll
  static void start() {
    postgres = TestPostgres.create();
    postgres.run(
        "CREATE TABLE tied (id int PRIMARY KEY, at timestamptz)",
        "INSERT INTO tied SELECT n, '2026-11-20 09:00:00+00' FROM generate_series(1, 1000) n",
        "CREATE VIEW seen AS SELECT * FROM tied",
        "CREATE TABLE days (id int, at timestamptz) PARTITION BY RANGE (at)",
        "CREATE TABLE day_1 PARTITION OF days FOR VALUES FROM ('2026-01-01') TO ('2026-01-02')",
        "CREATE TABLE rest PARTITION OF days DEFAULT",
        "INSERT INTO days SELECT n, '2026-01-01 12:00+00' FROM generate_series(1, 5000) n",
        "CREATE TABLE parent (id int, at timestamptz)",
        "CREATE TABLE child () INHERITS (parent)",
        "CREATE TABLE guarded (id int, at timestamptz)",
        "ALTER TABLE guarded ENABLE ROW LEVEL SECURITY",
        "ANALYZE");
    session = postgres.open();
  }

  @AfterAll
  static void stop() {
    session.close();
  }

  @Test
  void oneCursorValueIsCutByTheKey() {
    assertThat(reader().boundaries(slicing(table("tied")), 250))
        .containsExactly(place(251), place(501), place(751));
    assertThat(reader().middle(slicing(table("tied")))).contains(place(501));
  }

  @Test
  void whatHasOneRowHasNoMiddle() {
    DeltaSource one = new PgQuery("SELECT * FROM public.tied WHERE id = 1");
    assertThat(reader().middle(slicing(one))).isEmpty();
  }

  @Test
  void conditionsAreCounted() {
    SlicingQuery rows = slicing(table("tied"));
    assertThat(reader().proof(rows, List.of("id % 2 = 0", "id % 2 = 1 -- odd")))
        .containsExactly(0L, 0L);
    assertThat(reader().proof(rows, List.of("id <= 10", "id >= 10", "id = 5")))
        .containsExactly(0L, 2L);
    assertThat(reader().proof(rows, List.of("id > 100", "NULL"))).containsExactly(100L, 0L);
  }

  @Test
  void partitionsHaveTheirBlocks() {
    List<LeafSize> leaves = reader().leaves(table("days"), rows(table("days")));
    assertThat(leaves).extracting(LeafSize::table).containsExactly(table("day_1"), table("rest"));
    assertThat(leaves.get(0).rows()).isBetween(4_500L, 5_500L);
    assertThat(leaves.get(0).blocks()).isBetween(20L, 60L);
    assertThat(leaves.get(1).blocks()).isZero();
  }

  @Test
  void whatHasNoBlocksOfItsOwnIsNotReadByBlocks() {
    for (String name : List.of("seen", "parent", "guarded")) {
      assertThat(reader().leaves(table(name), rows(table(name)))).as(name).isEmpty();
    }
  }

  @Test
  void aLaterSnapshotHasAGreaterNumber() throws Exception {
    try (PostgresSession first = snapshot();
        PostgresSession same = snapshot();
        var writer = postgres.admin()) {
      long number = first.snapshotNumber();
      assertThat(first.snapshotNumber()).as("the same again").isEqualTo(number);
      assertThat(same.snapshotNumber()).as("nothing happened between").isEqualTo(number);
      writer.setAutoCommit(false);
      writer.createStatement().execute("UPDATE tied SET at = at WHERE id = 1");
      // The writer's own number is taken, so snapshots may know of it and not see it.
      postgres.run("UPDATE tied SET at = at WHERE id = 2");
      long between = number(snapshot());
      writer.commit();
      long after = number(snapshot());
      assertThat(between).isGreaterThan(number);
      assertThat(after).isGreaterThan(between);
    }
  }

  @Test
  void aLockIsOneSessions() {
    try (PostgresSession first = postgres.open();
        PostgresSession second = postgres.open()) {
      assertThat(first.tryLock("a")).isTrue();
      assertThat(second.tryLock("a")).isFalse();
      assertThat(second.tryLock("b")).isTrue();
    }
  }

  private static PostgresSession snapshot() {
    PostgresSession opened = postgres.open();
    opened.beginSnapshot(null);
    opened.snapshotNumber();
    return opened;
  }

  private static long number(PostgresSession opened) {
    try (opened) {
      return opened.snapshotNumber();
    }
  }

  private static SliceReader reader() {
    return new SliceReader(session);
  }

  private static SlicingQuery slicing(DeltaSource source) {
    return new SlicingQuery(rows(source), ORDER);
  }

  private static DeltaQuery rows(DeltaSource source) {
    return new DeltaQuery(
        source,
        new CatalogReader(session).describe(source).mappings(List.of(), MappingOptions.DEFAULT),
        new Cursor("at", CursorKind.TIMESTAMPTZ),
        Window.ALL,
        null);
  }

  private static PgTable table(String name) {
    return PgTable.of("public", name);
  }

  private static Place place(int id) {
    return new Place("2026-11-20 09:00:00+00", List.of(Integer.toString(id)));
  }
}
