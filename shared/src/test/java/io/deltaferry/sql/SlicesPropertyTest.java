package io.deltaferry.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltaferry.plan.CtidRanges;
import io.deltaferry.plan.KeysetRanges;
import io.deltaferry.plan.RowOrders;
import io.deltaferry.postgres.CatalogReader;
import io.deltaferry.postgres.PostgresSession;
import io.deltaferry.postgres.SliceReader;
import io.deltaferry.run.Slice;
import io.deltaferry.table.TableSchema;
import io.deltaferry.testing.TestPostgres;
import io.deltaferry.type.MappingOptions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/**
 * Whatever the rows, the window and the size: each row is in exactly one slice, rows that come
 * after the cut included.
 */
class SlicesPropertyTest {
  private static final int NO_CURSOR = 4;
  private static final int INFINITE = 5;
  private static final String LOW = "2026-01-02 00:00:00+00";

  /** Texts that collations, quotes and comparisons without care have trouble with. */
  private static final List<String> NASTY =
      List.of("a", "A", "ä", "Z", "b ", "b", "''", "\\", "-1", "", "%", "(1,2)");

  private static final TestPostgres POSTGRES = TestPostgres.create();

  static {
    POSTGRES.run(
        "CREATE TABLE plain (id int, k text COLLATE \"und-x-icu\" NOT NULL, n numeric NOT NULL,"
            + " at timestamptz, PRIMARY KEY (k, n))",
        "CREATE TABLE loose (id int, k text, n numeric, at timestamptz)",
        "CREATE TABLE parts (id int, k text, n numeric NOT NULL, at timestamptz, filler text)"
            + " PARTITION BY HASH (n)",
        "CREATE TABLE parts_0 PARTITION OF parts FOR VALUES WITH (MODULUS 2, REMAINDER 0)",
        "CREATE TABLE parts_1 (filler text, at timestamptz, n numeric NOT NULL, k text, id int)",
        "ALTER TABLE parts ATTACH PARTITION parts_1 FOR VALUES WITH (MODULUS 2, REMAINDER 1)");
  }

  @Property(tries = 60)
  void rangesOfCursorAndKey(
      @ForAll @Size(max = 40) List<@IntRange(max = 5) Integer> cursors,
      @ForAll @Size(max = 8) List<@IntRange(max = 5) Integer> later,
      @ForAll @IntRange(min = 2, max = 12) int every,
      @ForAll boolean everything,
      @ForAll boolean strict) {
    String table = strict ? "plain" : "loose";
    POSTGRES.run("TRUNCATE " + table);
    insert(table, cursors, 0, strict);
    DeltaSource source =
        strict ? PgTable.of("public", table) : new PgQuery("SELECT * FROM public.loose");
    try (PostgresSession session = POSTGRES.open()) {
      TableSchema schema = new CatalogReader(session).describe(source);
      Cursor cursor = Cursor.of("at", schema);
      RowOrder order = RowOrders.of(cursor, List.of("k", "n"), schema, everything);
      DeltaQuery rows =
          new DeltaQuery(
              source,
              schema.mappings(List.of(), MappingOptions.DEFAULT),
              cursor,
              everything ? Window.ALL : Window.from(LOW),
              null);
      SliceReader reader = new SliceReader(session);
      List<Slice> slices =
          KeysetRanges.slices(reader.boundaries(new SlicingQuery(rows, order), every));
      insert(table, later, cursors.size(), strict);
      assertOnceEach(session, rows, order, slices);
      assertOnceEach(session, rows, order, halved(reader, rows, order, slices));
      if (strict && later.isEmpty()) {
        assertEven(session, rows, order, slices, every);
      }
    }
  }

  /** The places are found in the order by which the rows are compared, and not in the column's. */
  @Example
  void rangesOfTextsWhoseCollationIsNotOurs() {
    rangesOfCursorAndKey(Collections.nCopies(24, 1), List.of(), 2, true, true);
  }

  @Property(tries = 20)
  void rangesOfBlocks(
      @ForAll @Size(max = 60) List<@IntRange(max = 5) Integer> cursors,
      @ForAll @Size(max = 30) List<@IntRange(max = 5) Integer> later,
      @ForAll @IntRange(min = 1, max = 20) int size) {
    PgTable table = PgTable.of("public", "parts");
    POSTGRES.run("TRUNCATE parts");
    insert("parts", cursors, 0, false);
    try (PostgresSession session = POSTGRES.open()) {
      TableSchema schema = new CatalogReader(session).describe(table);
      Cursor cursor = Cursor.of("at", schema);
      RowOrder order = RowOrders.of(cursor, List.of("id"), schema, true);
      DeltaQuery rows =
          new DeltaQuery(
              table,
              schema.mappings(List.of(), MappingOptions.DEFAULT),
              cursor,
              Window.ALL,
              "parts.id >= 0");
      SliceReader reader = new SliceReader(session);
      List<LeafSize> leaves = reader.leaves(table, rows);
      assertThat(leaves).hasSize(2);
      List<Slice> slices = CtidRanges.slices(leaves, size);
      insert("parts", later, cursors.size(), false);
      assertOnceEach(session, rows, order, slices);
      assertOnceEach(session, rows, order, halved(reader, rows, order, slices));
    }
  }

  private static List<Slice> halved(
      SliceReader reader, DeltaQuery rows, RowOrder order, List<Slice> slices) {
    List<Slice> all = new ArrayList<>();
    for (Slice slice : slices) {
      Optional<List<SliceRows>> halves =
          slice.rows() instanceof SliceRows.CtidRange range
              ? CtidRanges.halves(range, reader.blocks(PgTable.of(range.schema(), range.table())))
              : reader
                  .middle(new SlicingQuery(in(rows, order, slice), order))
                  .flatMap(middle -> KeysetRanges.halves(slice.rows(), middle));
      if (halves.isEmpty()) {
        all.add(slice);
      } else {
        IntStream.range(0, 2)
            .forEach(n -> all.add(new Slice(Slice.half(slice.path(), n), halves.get().get(n))));
      }
    }
    return all;
  }

  private static void assertOnceEach(
      PostgresSession session, DeltaQuery rows, RowOrder order, List<Slice> slices) {
    List<String> found = new ArrayList<>();
    slices.forEach(slice -> found.addAll(ids(session, in(rows, order, slice))));
    assertThat(found).as("%s", slices).containsExactlyInAnyOrderElementsOf(ids(session, rows));
  }

  private static void assertEven(
      PostgresSession session, DeltaQuery rows, RowOrder order, List<Slice> slices, int every) {
    List<Integer> sizes =
        slices.stream().map(slice -> ids(session, in(rows, order, slice)).size()).toList();
    assertThat(sizes.subList(0, sizes.size() - 1)).allMatch(size -> size == every);
    assertThat(sizes.get(sizes.size() - 1)).isLessThanOrEqualTo(every);
  }

  private static DeltaQuery in(DeltaQuery rows, RowOrder order, Slice slice) {
    return rows.in(new SliceQuery(slice.rows(), order, null, true));
  }

  private static List<String> ids(PostgresSession session, DeltaQuery rows) {
    String sql = "SELECT id::text\n" + rows.fromWhere(Optional.empty());
    return session.rows(sql, "reading ids").stream()
        .map(row -> String.valueOf(row.get(0)))
        .toList();
  }

  private static void insert(String table, List<Integer> cursors, int first, boolean strict) {
    if (cursors.isEmpty()) {
      return;
    }
    String filler = table.equals("parts") ? ", filler" : "";
    String values =
        IntStream.range(0, cursors.size())
            .mapToObj(
                i ->
                    "(%d, %s, %d, %s%s)"
                        .formatted(
                            first + i,
                            key(first + i, strict),
                            first + i,
                            cursor(cursors.get(i)),
                            filler.isEmpty() ? "" : ", repeat(md5('" + i + "'), 60)"))
            .collect(Collectors.joining(", "));
    POSTGRES.run("INSERT INTO %s (id, k, n, at%s) VALUES %s".formatted(table, filler, values));
  }

  private static String key(int row, boolean strict) {
    return !strict && row % 7 == 3
        ? "NULL"
        : "'" + NASTY.get(row % NASTY.size()).replace("'", "''") + "'";
  }

  private static String cursor(int value) {
    if (value == NO_CURSOR) {
      return "NULL";
    }
    return value == INFINITE ? "'infinity'" : "'2026-01-0" + (value + 1) + " 00:00:00+00'";
  }
}
