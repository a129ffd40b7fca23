package io.deltaferry.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.deltaferry.error.DeltaferryException;
import io.deltaferry.error.ErrorCode;
import io.deltaferry.sql.DeltaSource;
import io.deltaferry.sql.PgQuery;
import io.deltaferry.sql.PgTable;
import io.deltaferry.table.Column;
import io.deltaferry.table.TableSchema;
import io.deltaferry.testing.TestPostgres;
import io.deltaferry.type.PgType;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class CatalogReaderTest {
  private static TestPostgres postgres;

  @BeforeAll
  static void start() {
    postgres = TestPostgres.create();
    postgres.run(
        "CREATE DOMAIN price AS numeric(12,2)",
        "CREATE TABLE \"My.Table\" (b int NOT NULL, \"A \"\"key\"\"\" text, gone int, amount"
            + " numeric(10,3), p price, tags varchar(5)[], n numeric, PRIMARY KEY (\"A \"\"key\"\"\","
            + " b))",
        "ALTER TABLE \"My.Table\" DROP COLUMN gone",
        "CREATE UNIQUE INDEX ON \"My.Table\" (amount)",
        "CREATE UNIQUE INDEX ON \"My.Table\" (b) WHERE b > 0",
        "CREATE TABLE parted (id int NOT NULL, day date NOT NULL) PARTITION BY RANGE (day)",
        "CREATE TABLE parted_old PARTITION OF parted FOR VALUES FROM (MINVALUE) TO ('2024-01-01')",
        "CREATE TABLE parted_new PARTITION OF parted FOR VALUES FROM ('2024-01-01') TO (MAXVALUE)"
            + " PARTITION BY LIST (id)",
        "CREATE TABLE parted_new_all PARTITION OF parted_new DEFAULT",
        "INSERT INTO parted SELECT n, '2023-12-01'::date + n FROM generate_series(1, 1000) n",
        "CREATE VIEW seen AS SELECT b AS x, amount FROM \"My.Table\"",
        "CREATE EXTENSION file_fdw",
        "CREATE SERVER files FOREIGN DATA WRAPPER file_fdw",
        "CREATE FOREIGN TABLE far (a int) SERVER files OPTIONS (filename '/dev/null')");
  }

  @Test
  void readsColumnsAndACompositeKeyInKeyOrder() {
    TableSchema schema = describe(PgTable.of("public", "My.Table"));
    assertThat(schema.key()).containsExactly("A \"key\"", "b");
    assertThat(schema.columns())
        .extracting(Column::name)
        .containsExactly("b", "A \"key\"", "amount", "p", "tags", "n");
    assertThat(schema.columns())
        .extracting(Column::nullable)
        .containsExactly(false, false, true, true, true, true);
    PgType amount = schema.columns().get(2).type();
    assertThat(amount.display()).isEqualTo("numeric(10,3)");
    assertThat(amount.numericPrecision()).hasValue(10);
    assertThat(amount.numericScale()).hasValue(3);
    PgType price = schema.columns().get(3).type();
    assertThat(price.display()).isEqualTo("price");
    assertThat(price.numericScale()).hasValue(2);
    PgType tags = schema.columns().get(4).type();
    assertThat(tags.kind()).isEqualTo(PgType.Kind.ARRAY);
    assertThat(tags.element()).extracting(PgType::name).isEqualTo("varchar");
    assertThat(schema.columns().get(5).type().numericPrecision()).isEmpty();
  }

  @Test
  void readsTheColumnsOfAQueryLikeThoseOfATable() {
    TableSchema table = describe(PgTable.of("public", "My.Table"));
    TableSchema query = describe(new PgQuery("SELECT * FROM \"My.Table\" -- all"));
    assertThat(query.key()).isEmpty();
    assertThat(query.columns())
        .containsExactlyElementsOf(
            table.columns().stream()
                .map(column -> new Column(column.name(), unmodified(column.type()), true))
                .toList());
  }

  @Test
  void namesTheTypesOfExpressions() {
    TableSchema schema =
        describe(
            new PgQuery(
                "SELECT 'x' AS a, NULL AS b, 1.5 AS c, now() AS d, 1::numeric(20,12) AS e,"
                    + " ARRAY[1] AS f, ROW(1, 2) AS g"));
    assertThat(schema.columns())
        .extracting(column -> column.type().display())
        .containsExactly(
            "text",
            "text",
            "numeric",
            "timestamp with time zone",
            "numeric(20,12)",
            "integer[]",
            "record");
  }

  @Test
  void refusesAQueryWithTwoColumnsOfOneName() {
    DeltaferryException failure =
        failure(catalog -> catalog.describe(new PgQuery("SELECT 1 AS a, 2 AS a")));
    assertThat(failure.code()).isEqualTo(ErrorCode.NAME_INVALID);
    assertThat(failure).hasMessageContaining("more than one column named a");
  }

  @Test
  void readsViewsAndForeignTables() {
    assertThat(describe(PgTable.of("public", "seen")).columns())
        .extracting(Column::name)
        .containsExactly("x", "amount");
    PgTable far = PgTable.of("public", "far");
    assertThat(describe(far).columns()).hasSize(1);
    try (PostgresSession session = postgres.open()) {
      session.beginSnapshot(far);
      assertThat(session.text("SELECT count(*) FROM far", "counting")).hasValue("0");
    }
  }

  @Test
  void aSnapshotLocksTheTableWithItsPartitions() {
    try (PostgresSession session = postgres.open()) {
      session.beginSnapshot(PgTable.of("public", "parted"));
      assertThat(
              postgres.column(
                  "SELECT relation::regclass::text FROM pg_locks WHERE mode = 'AccessShareLock' AND"
                      + " relation::regclass::text LIKE 'parted%' ORDER BY 1"))
          .containsExactly("parted", "parted_new", "parted_new_all", "parted_old");
    }
  }

  @Test
  void knowsWhatIsUnique() {
    PgTable table = PgTable.of("public", "My.Table");
    assertThat(isUnique(table, List.of("b", "A \"key\""))).isTrue();
    // A partial index; a nullable column.
    assertThat(isUnique(table, List.of("b"))).isFalse();
    assertThat(isUnique(table, List.of("amount"))).isFalse();
    // PostgreSQL lets an index name a column twice.
    postgres.run("CREATE TABLE doubly (a int NOT NULL)", "CREATE UNIQUE INDEX ON doubly (a, a)");
    assertThat(isUnique(PgTable.of("public", "doubly"), List.of("a"))).isTrue();
  }

  @Test
  void listsThePartitionsThatHoldRows() {
    assertThat(leaves(PgTable.of("public", "parted")))
        .containsExactly(
            PgTable.of("public", "parted_new_all"), PgTable.of("public", "parted_old"));
    assertThat(leaves(PgTable.of("public", "My.Table")))
        .containsExactly(PgTable.of("public", "My.Table"));
  }

  @Test
  void estimatesOverAllPartitions() {
    PgTable table = PgTable.of("public", "parted");
    assertThat(read(catalog -> catalog.estimate(PgTable.of("public", "My.Table"))).known())
        .isFalse();
    postgres.run("ANALYZE parted");
    TableEstimate estimate = read(catalog -> catalog.estimate(table));
    assertThat(estimate.rows()).isEqualTo(1000);
    assertThat(estimate.pages()).isPositive();
    assertThat(estimate.known()).isTrue();
  }

  @Test
  void estimatesATableWithoutPartitions() {
    postgres.run("CREATE TABLE plain AS SELECT n FROM generate_series(1, 900) n", "ANALYZE plain");
    TableEstimate estimate = read(catalog -> catalog.estimate(PgTable.of("public", "plain")));
    assertThat(estimate).isEqualTo(new TableEstimate(900, estimate.pages(), true));
    assertThat(estimate.pages()).isPositive();
  }

  @Test
  void theFingerprintChangesWithTheColumns() {
    postgres.run("CREATE TABLE changing (a int)");
    PgTable table = PgTable.of("public", "changing");
    String before = describe(table).fingerprint();
    assertThat(describe(table).fingerprint()).isEqualTo(before);
    postgres.run("ALTER TABLE changing ALTER a SET NOT NULL");
    String notNull = describe(table).fingerprint();
    postgres.run("ALTER TABLE changing ALTER a TYPE bigint");
    assertThat(List.of(notNull, describe(table).fingerprint()))
        .doesNotContain(before)
        .doesNotHaveDuplicates();
  }

  /** A type that is part of others, and keeps its name. */
  @Test
  void theFingerprintChangesWithTheMembersOfAType() {
    postgres.run(
        "CREATE TYPE inner_part AS (a int)",
        "CREATE TYPE outer_part AS (i inner_part[], n int)",
        "CREATE DOMAIN part_domain AS outer_part",
        "CREATE TABLE assembled (v part_domain[])");
    PgTable table = PgTable.of("public", "assembled");
    List<String> seen = new ArrayList<>(List.of(describe(table).fingerprint()));
    for (String change :
        List.of(
            "ALTER TYPE inner_part ADD ATTRIBUTE b text",
            "ALTER TYPE inner_part RENAME ATTRIBUTE b TO c",
            "ALTER TYPE inner_part DROP ATTRIBUTE c",
            "DROP TABLE assembled; DROP DOMAIN part_domain; ALTER TYPE outer_part ALTER ATTRIBUTE n"
                + " TYPE bigint; CREATE DOMAIN part_domain AS outer_part;"
                + " CREATE TABLE assembled (v part_domain[])")) {
      postgres.run(change);
      seen.add(describe(table).fingerprint());
    }
    assertThat(seen.get(3)).isEqualTo(seen.get(0));
    assertThat(Set.copyOf(seen)).hasSize(4);
  }

  @Test
  void saysWhichTableIsMissing() {
    DeltaferryException failure =
        failure(catalog -> catalog.describe(PgTable.of("public", "my.table")));
    assertThat(failure.code()).isEqualTo(ErrorCode.SOURCE_MISSING);
    assertThat(failure).hasMessageContaining("\"public\".\"my.table\"");
  }

  /** What the driver shows of a query: the modifier of a numeric and of no other type. */
  private static PgType unmodified(PgType type) {
    return switch (type.display()) {
      case "character varying(5)[]" ->
          new PgType(
              PgType.Kind.ARRAY,
              "_varchar",
              -1,
              "character varying[]",
              new PgType(PgType.Kind.BASE, "varchar", -1, "character varying", null));
      default -> type;
    };
  }

  private static TableSchema describe(DeltaSource source) {
    return read(catalog -> catalog.describe(source));
  }

  private static boolean isUnique(PgTable table, List<String> columns) {
    return read(catalog -> catalog.isUnique(table, columns));
  }

  private static List<PgTable> leaves(PgTable table) {
    return read(catalog -> catalog.leaves(table));
  }

  private static <T> T read(Function<CatalogReader, T> reading) {
    try (PostgresSession session = postgres.open()) {
      return reading.apply(new CatalogReader(session));
    }
  }

  private static DeltaferryException failure(Function<CatalogReader, ?> reading) {
    return catchThrowableOfType(DeltaferryException.class, () -> read(reading));
  }
}
