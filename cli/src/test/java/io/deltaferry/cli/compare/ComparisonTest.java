package io.deltaferry.cli.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.cloud.bigquery.FieldValue;
import com.google.cloud.bigquery.FieldValue.Attribute;
import com.google.cloud.bigquery.StandardSQLTypeName;
import io.deltaferry.cli.demo.DemoPostgres;
import io.deltaferry.sql.PgTable;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComparisonTest {
  private static final ComparedColumn ID =
      new ComparedColumn("id", "int8", StandardSQLTypeName.INT64, false);
  private static final ComparedColumn NAME =
      new ComparedColumn("name", "text", StandardSQLTypeName.STRING, false);

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it first
  private Path directory;

  @Test
  void equalSidesAreEqual() {
    assertThat(
            compare(
                List.of(row("9", "a"), row("10", null)), List.of(row("9", "a"), row("10", null))))
        .matches(TableComparison::equal)
        .returns(2L, TableComparison::sourceRows)
        .returns("equal", TableComparison::summary);
  }

  @Test
  void missingExtraAndDifferentRowsAreCounted() {
    TableComparison found =
        compare(
            List.of(row("1", "a"), row("2", ""), row("3", "c")),
            List.of(row("2", null), row("3", "c"), row("4", "d")));
    assertThat(found.equal()).isFalse();
    assertThat(found.summary()).isEqualTo("1 missing; 1 extra; 1 different in {name=1}");
    assertThat(found.sourceRows()).isEqualTo(3);
    assertThat(found.targetRows()).isEqualTo(3);
  }

  @Test
  void doubledRowsOnOneSideAreRefused() {
    assertThatThrownBy(() -> compare(List.of(row("1", "a")), List.of(row("1", "a"), row("1", "a"))))
        .hasMessageContaining("BigQuery sent two rows with the same key");
  }

  @Test
  void textKeysAreOrderedByTheirBytes() {
    KeyOrder order = new KeyOrder(List.of(NAME), new int[] {0});
    // UTF-16 would order these the other way round.
    assertThat(order.compare(new CanonicalRow(List.of("\uFF5E")), new CanonicalRow(List.of("😀"))))
        .isNegative();
  }

  @Test
  void jsonIsComparedByMeaning() {
    assertThat(CanonicalJson.of("{\"b\": 1.50, \"a\": [1.0, 1e2, null]}"))
        .isEqualTo(CanonicalJson.of("{\"a\":[1,100,null],\"b\":1.5}"));
    assertThat(CanonicalJson.of("{\"a\": 1}")).isNotEqualTo(CanonicalJson.of("{\"a\": \"1\"}"));
    assertThat(CanonicalJson.of("9007199254740993"))
        .isNotEqualTo(CanonicalJson.of("9007199254740992"));
  }

  @Test
  void postgresValuesHaveTheFormOfWhatBigQuerySendsForThem() throws SQLException {
    List<Expectation> expectations =
        List.of(
            expect("(-9223372036854775808)::int8", "INT64", "-9223372036854775808"),
            expect("1.50::numeric", "NUMERIC", "1.5"),
            expect("0.1::float4", "FLOAT64", "0.1"),
            expect("'NaN'::float8", "FLOAT64", "NaN"),
            expect("'-Infinity'::float8", "FLOAT64", "-Infinity"),
            expect("true", "BOOL", "true"),
            expect("'\\x00ff'::bytea", "BYTES", "AP8="),
            expect("date '2024-02-29'", "DATE", "2024-02-29"),
            expect("date 'infinity'", "DATE", "9999-12-31"),
            expect("date '0044-03-15 BC'", "DATE", "0001-01-01"),
            expect("date '12024-01-01'", "DATE", "9999-12-31"),
            expect(
                "timestamp '2024-01-02 03:04:05.000006'", "DATETIME", "2024-01-02T03:04:05.000006"),
            expect("timestamp '2024-01-02 03:04:00'", "DATETIME", "2024-01-02T03:04:00"),
            expect("timestamp '-infinity'", "DATETIME", "0001-01-01T00:00:00"),
            expect("timestamptz '2024-01-02 03:04:05.5+02'", "TIMESTAMP", "1704157445500000"),
            expect("timestamptz '1969-12-31 23:59:59.999999+00'", "TIMESTAMP", "-1"),
            expect("timestamptz 'infinity'", "TIMESTAMP", "253402300799999999"),
            expect("time '24:00:00'", "TIME", "23:59:59.999999"),
            expect("time '15:30:00'", "TIME", "15:30:00"),
            expect(
                "interval '-1 year -2 months 3 days 04:05:06.789'",
                "STRING",
                "P-1Y-2M3DT4H5M6.789S"),
            expect("'{\"b\":1.0,\"a\":null}'::jsonb", "JSON", "{\"a\":null,\"b\":1}"),
            expect("ARRAY[[1,NULL],[2,3]]", "JSON", "[[1,null],[2,3]]"),
            expect("ARRAY['a,\"b\"',NULL,'']", "JSON", "[\"a,\\\"b\\\"\",null,\"\"]"),
            expect("'R1'::char(8)", "STRING", "R1"),
            expect("'10.0.0.1'::inet", "STRING", "10.0.0.1/32"),
            expect("'2001:db8::1/64'::inet", "STRING", "2001:db8::1/64"),
            expect("B'10110'::varbit", "STRING", "10110"),
            expect("'12.34'::numeric::money", "NUMERIC", "12.34"),
            expect("E'a\\r\\n\"^\\\\'::text", "STRING", "a\r\n\"^\\"));
    try (DemoPostgres postgres = DemoPostgres.start(directory);
        Connection connection = postgres.connect()) {
      connection.setAutoCommit(false);
      CompareTables.pin(connection);
      for (Expectation expectation : expectations) {
        check(connection, expectation);
      }
    }
  }

  private static void check(Connection connection, Expectation expectation) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("DROP TABLE IF EXISTS public.t");
      statement.execute(
          "CREATE TABLE public.t AS SELECT 1::int8 AS id, " + expectation.sql() + " AS v");
    }
    String type = CompareTables.columnTypes(connection, "public", "t").get("v");
    ComparedColumn column =
        new ComparedColumn("v", String.valueOf(type), expectation.type(), false);
    try (PostgresRows rows =
        new PostgresRows(connection, PgTable.of("public", "t"), List.of(ID, column), List.of(ID))) {
      assertThat(rows.next().cells().get(1))
          .as(expectation.sql())
          .isEqualTo(
              BigQueryCell.read(
                  FieldValue.of(Attribute.PRIMITIVE, expectation.sent(), true), column));
    }
  }

  private record Expectation(String sql, StandardSQLTypeName type, String sent) {}

  private static Expectation expect(String sql, String type, String sent) {
    return new Expectation(sql, StandardSQLTypeName.valueOf(type), sent);
  }

  private static TableComparison compare(List<CanonicalRow> source, List<CanonicalRow> target) {
    List<ComparedColumn> columns = List.of(ID, NAME);
    RowMerge merge = new RowMerge(columns, new KeyOrder(columns, new int[] {0}));
    Iterator<CanonicalRow> rows = source.iterator();
    merge.run(rows, target.iterator());
    return merge.result(List.of(), 0);
  }

  private static CanonicalRow row(@Nullable String... cells) {
    return new CanonicalRow(Arrays.asList(cells));
  }
}
