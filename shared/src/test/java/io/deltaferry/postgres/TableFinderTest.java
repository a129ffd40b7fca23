package io.deltaferry.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deltaferry.table.CatalogTable;
import io.deltaferry.table.CatalogTable.MadeBy;
import io.deltaferry.table.SourceTable;
import io.deltaferry.testing.TestPostgres;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TableFinderTest {
  private static TestPostgres postgres;

  @BeforeAll
  static void start() {
    postgres = TestPostgres.create();
    postgres.run(
        "CREATE SCHEMA sales",
        "CREATE SCHEMA \"Back Office\"",
        """
        CREATE TABLE sales.orders (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, v text,
          updated_at timestamptz DEFAULT now(), seen_at timestamptz)""",
        "CREATE INDEX ON sales.orders (updated_at, id)",
        "CREATE INDEX ON sales.orders (seen_at) WHERE v IS NULL",
        "INSERT INTO sales.orders (v) SELECT 'v' FROM generate_series(1, 700)",
        "ANALYZE sales.orders",
        """
        CREATE TABLE "Back Office"."Order.Lines" (b int NOT NULL, a int NOT NULL, c int,
          d int NOT NULL UNIQUE, UNIQUE (b, a), UNIQUE (c))""",
        "CREATE TABLE sales.parted (day date) PARTITION BY RANGE (day)",
        "CREATE TABLE sales.parted_old PARTITION OF sales.parted FOR VALUES FROM (MINVALUE) TO (MAXVALUE)",
        "CREATE SCHEMA zoo",
        "CREATE TABLE zoo.animals (id uuid PRIMARY KEY, tag int NOT NULL UNIQUE)",
        "CREATE TABLE zoo.birds (wings int) INHERITS (zoo.animals)",
        "CREATE VIEW sales.seen AS SELECT 1 AS one",
        "CREATE EXTENSION pg_stat_statements SCHEMA sales");
  }

  @Test
  void findsTablesOnceAndWithoutPartsViewsOrExtensions() {
    assertThat(find(finder -> finder.tables(List.of())))
        .extracting(CatalogTable::name)
        .containsExactly(
            new SourceTable("Back Office", "Order.Lines"),
            new SourceTable("sales", "orders"),
            new SourceTable("sales", "parted"),
            new SourceTable("zoo", "animals"),
            new SourceTable("zoo", "birds"));
    assertThat(find(finder -> finder.others(List.of())))
        .containsExactly(new SourceTable("sales", "seen"));
  }

  @Test
  void readsWhatDecidesKeyAndCursor() {
    CatalogTable orders = table("sales", "orders");
    assertThat(orders.schema().key()).containsExactly("id");
    assertThat(orders.uniqueKeys()).isEmpty();
    assertThat(orders.indexed()).containsExactlyInAnyOrder("id", "updated_at");
    assertThat(orders.madeBy())
        .containsEntry("id", MadeBy.SEQUENCE)
        .containsEntry("updated_at", MadeBy.DATABASE)
        .containsEntry("seen_at", MadeBy.OTHERS)
        .doesNotContainKey("v");
    assertThat(orders.size().known()).isTrue();
    assertThat(orders.size().rows()).isEqualTo(700);
    assertThat(orders.size().bytes()).isGreaterThan(8_000);
    assertThat(orders.readable()).isTrue();
  }

  /** A nullable column proves nothing, and the narrowest index is the best key. */
  @Test
  void readsTheUniqueIndexesOfATableWithoutPrimaryKey() {
    CatalogTable lines = table("Back Office", "Order.Lines");
    assertThat(lines.uniqueKeys()).containsExactly(List.of("d"), List.of("b", "a"));
    assertThat(lines.size().known()).isFalse();
  }

  /** A primary key may be one that BigQuery cannot have. */
  @Test
  void readsTheUniqueIndexesBesideAPrimaryKey() {
    assertThat(table("zoo", "animals").uniqueKeys()).containsExactly(List.of("tag"));
  }

  @Test
  void readsWhichTablesInheritAndTakesPartitionsForNone() {
    assertThat(table("zoo", "animals").heirs()).containsExactly(new SourceTable("zoo", "birds"));
    assertThat(table("zoo", "birds").heirs()).isEmpty();
    assertThat(table("sales", "parted").heirs()).isEmpty();
  }

  @Test
  void looksOnlyIntoTheSchemasThatAreNamedAndRefusesOthersWithTheNearest() {
    assertThat(find(finder -> finder.tables(List.of("Back Office")))).hasSize(1);
    assertThatThrownBy(() -> find(finder -> finder.tables(List.of("sales", "salse"))))
        .hasMessageContaining("no schema 'salse', did you mean 'sales'?");
  }

  private static CatalogTable table(String schema, String table) {
    return find(finder -> finder.tables(List.of(schema))).stream()
        .filter(found -> found.name().table().equals(table))
        .findFirst()
        .orElseThrow();
  }

  private static <T> List<T> find(Function<TableFinder, List<T>> question) {
    try (PostgresSession session = postgres.open()) {
      return question.apply(new TableFinder(session));
    }
  }
}
