package io.deltaferry.localgcp.bigquery.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Parameters come in the REST API's text and mean what their type says. */
class ParameterTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "INT64 | 5 | 5",
        "FLOAT64 | 1.50 | 1.5",
        "NUMERIC | 1.50 | \"1.5\"",
        "BIGNUMERIC | 2.5 | \"2.5\"",
        "BOOL | true | true",
        "STRING | it's | \"it's\"",
        "BYTES | YWJj | \"YWJj\"",
        "DATE | 2024-01-02 | \"2024-01-02\"",
        "TIMESTAMP | 2024-01-01 00:00:00+02 | \"2023-12-31T22:00:00Z\"",
        "DATETIME | 2024-01-01 00:00:00.5 | \"2024-01-01T00:00:00.500\"",
        "TIME | 10:11:12 | \"10:11:12\"",
        "JSON | {\"a\":1} | {\"a\":1}",
        "ARRAY<INT64> | [1,2] | [1,2]",
        "ARRAY<BYTES> | [\"YWJj\",null] | [\"YWJj\",null]",
        "ARRAY<BIGNUMERIC> | [\"1.5\"] | [\"1.5\"]",
        "STRUCT<a INT64, b ARRAY<DATE>> | {\"a\":\"1\",\"b\":[\"2024-01-02\"]} | {\"a\":1,\"b\":[\"2024-01-02\"]}",
      })
  void isReadByItsType(String type, String value, String json) throws SQLException {
    try (TestEngine engine = new TestEngine()) {
      engine.parameter("p", type, value);
      assertThat(engine.run("SELECT TO_JSON_STRING(@p)")).containsExactly(json);
    }
  }

  @Test
  void positionalOnesCountOverTheWholeScript() throws SQLException {
    try (TestEngine engine = new TestEngine()) {
      engine.positional("a");
      engine.positional("b");
      assertThat(engine.run("SELECT ?; SELECT ?")).containsExactly("b");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      value = {
        "SELECT CASE WHEN ? = 'x' THEN ? ELSE ? END => c",
        "SELECT CASE ? WHEN 'x' THEN 'one' WHEN 'a' THEN ? ELSE ? END => b",
        "SELECT ? || ? || x FROM (SELECT ? AS x) => abc",
        "SELECT ? || 'x' LIKE 'a' || SUBSTR(?, 2) || '_' => true",
        "SELECT ? IN UNNEST(['a', SUBSTR(?, 2)]) => true",
        "SELECT ? IN (SELECT 'a' UNION ALL SELECT SUBSTR(?, 2)) => true",
        "SELECT LAST_DAY(DATE_ADD(DATE '2024-01-01', INTERVAL LENGTH(? || ? || ?) DAY)) => 2024-01-31",
        "SELECT ROW_NUMBER() OVER (PARTITION BY ? ORDER BY ?) FROM (SELECT 1 WHERE ? = 'c') => 1",
      })
  void positionalOnesCountInTheOrderTheyAreWritten(String query, String row) throws SQLException {
    try (TestEngine engine = new TestEngine()) {
      engine.positional("a");
      engine.positional("b");
      engine.positional("c");
      assertThat(engine.run(query)).containsExactly(row);
    }
  }

  @Test
  void aValueThatIsNotOfItsTypeIsRefused() throws SQLException {
    try (TestEngine engine = new TestEngine()) {
      engine.parameter("p", "INT64", "zz");
      assertThatThrownBy(() -> engine.run("SELECT @p")).hasMessage("Bad int64 value: zz");
    }
  }
}
