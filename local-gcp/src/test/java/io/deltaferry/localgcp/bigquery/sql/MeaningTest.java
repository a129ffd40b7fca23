package io.deltaferry.localgcp.bigquery.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deltaferry.localgcp.bigquery.sql.gate.ZetaSqlGate;
import java.sql.SQLException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** GoogleSQL run on DuckDB yields what BigQuery yields. */
class MeaningTest {
  private static TestEngine bare;
  private static TestEngine gated;

  @BeforeAll
  static void open() throws SQLException {
    ZetaSqlGate.warmUp();
    bare = new TestEngine();
    gated = new TestEngine(new ZetaSqlGate());
    for (TestEngine engine : new TestEngine[] {bare, gated}) {
      engine.run(
          """
          CREATE TABLE d.a (id INT64 NOT NULL, name STRING, amt NUMERIC(8, 2), tags ARRAY<STRING>);
          INSERT INTO d.a (id, name, amt, tags)
            VALUES (1, 'one', 1.495, ['x', 'y']), (2, NULL, 2, NULL), (3, 'two', 1.5, []);
          CREATE TABLE d.b (id INT64, v BIGNUMERIC);
          INSERT INTO d.b SELECT 1, 10 UNION ALL SELECT 2, 20;
          """);
    }
  }

  @AfterAll
  static void close() throws SQLException {
    bare.close();
    gated.close();
  }

  static Stream<Arguments> expressions() {
    return Rows.of("expressions.txt");
  }

  static Stream<Arguments> queries() {
    return Rows.of("queries.txt");
  }

  static Stream<Arguments> errors() {
    return Rows.of("errors.txt");
  }

  static Stream<Arguments> gateErrors() {
    return Rows.of("gate-errors.txt");
  }

  @ParameterizedTest
  @MethodSource("expressions")
  void expression(String expression, String json) throws SQLException {
    assertThat(gated.run("SELECT TO_JSON_STRING(" + expression + ")")).containsExactly(json);
  }

  @ParameterizedTest
  @MethodSource("queries")
  void query(String query, String rows) throws SQLException {
    String all = "SELECT TO_JSON_STRING(row_) FROM (" + query + ") AS row_";
    assertThat(String.join(" ", gated.run(all))).isEqualTo(rows);
  }

  @Test
  void resultsNumberMembersWithoutAName() {
    assertThat(bare.translate("SELECT [((1, 'x'), NULL)] AS s").output())
        .extracting(Definition.Column::type)
        .containsExactly(
            "ARRAY<STRUCT<_field_1 STRUCT<_field_1 INT64, _field_2 STRING>, _field_2 INT64>>");
  }

  @Test
  void starKeepsTheColumnsOfSourcesOutsideOfAJoinUsing() throws SQLException {
    assertThat(
            gated.run(
                "SELECT * FROM (SELECT 1 AS id, 2 AS y) JOIN (SELECT 1 AS id, 3 AS z) USING (id)"
                    + " CROSS JOIN (SELECT 9 AS id)"))
        .containsExactly("1|2|3|9");
  }

  @Test
  void aTableMadeOfAQueryHasItsColumnsDefaultsAndArrays() throws SQLException {
    String script =
        """
        CREATE TABLE d.made (id INT64, n NUMERIC(5, 2) DEFAULT 1.239, l ARRAY<INT64>)
          AS SELECT 1, 2, CAST(NULL AS ARRAY<INT64>);
        INSERT INTO d.made (id) VALUES (2);
        CREATE TABLE d.derived AS SELECT * FROM d.made;
        INSERT INTO d.derived (id) VALUES (3);
        SELECT TO_JSON_STRING(t) FROM d.derived AS t ORDER BY id
        """;
    assertThat(gated.run(script))
        .containsExactly(
            "{\"id\":1,\"n\":2,\"l\":[]}",
            "{\"id\":2,\"n\":\"1.24\",\"l\":[]}",
            "{\"id\":3,\"n\":null,\"l\":[]}");
  }

  @ParameterizedTest
  @MethodSource("errors")
  void refusal(String statement, String message) {
    assertThatThrownBy(() -> bare.run(statement)).hasMessage(message);
  }

  @ParameterizedTest
  @MethodSource("gateErrors")
  void gateRefusal(String statement, String message) {
    Assumptions.assumeTrue(ZetaSqlGate.available(), "ZetaSQL has no library for this machine");
    assertThatThrownBy(() -> gated.run(statement)).hasMessage(message);
  }
}
