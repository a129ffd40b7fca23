package io.deltaferry.localgcp.bigquery.type;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deltaferry.localgcp.http.GoogleError;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RowJsonTest {
  private Connection connection;

  @BeforeAll
  void open() throws Exception {
    connection = DriverManager.getConnection("jdbc:duckdb:");
    run("SET TimeZone='UTC'");
  }

  @AfterAll
  void close() throws Exception {
    connection.close();
  }

  private void run(String sql) throws Exception {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** DuckDB expression, the BigQuery type its result has, and the JSON of its one cell. */
  static Stream<Arguments> values() {
    return Stream.of(
        Arguments.of("NULL", "INT64", "null"),
        Arguments.of("true", "BOOL", "\"true\""),
        Arguments.of("(-9223372036854775808)::BIGINT", "INT64", "\"-9223372036854775808\""),
        Arguments.of("sum(5::BIGINT)", "INT64", "\"5\""),
        Arguments.of("1.5::DOUBLE", "FLOAT64", "\"1.5\""),
        Arguments.of("1e300::DOUBLE", "FLOAT64", "\"1.0E300\""),
        Arguments.of("'nan'::DOUBLE", "FLOAT64", "\"NaN\""),
        Arguments.of("'inf'::DOUBLE", "FLOAT64", "\"Infinity\""),
        Arguments.of("'-inf'::DOUBLE", "FLOAT64", "\"-Infinity\""),
        Arguments.of("12.340::DECIMAL(38,9)", "NUMERIC", "\"12.34\""),
        Arguments.of("100::DECIMAL(38,9)", "NUMERIC", "\"100\""),
        Arguments.of("0::DECIMAL(38,9)", "NUMERIC", "\"0\""),
        Arguments.of("('15' || repeat('0', 37))::BIGNUM", "BIGNUMERIC", "\"1.5\""),
        Arguments.of("'-1'::BIGNUM", "BIGNUMERIC", "\"-0." + "0".repeat(37) + "1\""),
        Arguments.of("'a\"b 😀'", "STRING", "\"a\\\"b 😀\""),
        Arguments.of("'\\x00\\xFF'::BLOB", "BYTES", "\"AP8=\""),
        Arguments.of("''::BLOB", "BYTES", "\"\""),
        Arguments.of("DATE '0001-01-01'", "DATE", "\"0001-01-01\""),
        Arguments.of(
            "TIMESTAMP '2024-01-02 03:04:05.123456'", "DATETIME", "\"2024-01-02T03:04:05.123456\""),
        Arguments.of("TIMESTAMP '0001-01-01 00:00:00'", "DATETIME", "\"0001-01-01T00:00:00\""),
        // An hour that the time zone of the test JVM skips.
        Arguments.of("TIMESTAMP '2024-09-29 02:50:00'", "DATETIME", "\"2024-09-29T02:50:00\""),
        Arguments.of("TIME '12:00:00'", "TIME", "\"12:00:00\""),
        Arguments.of("TIME '23:59:59.99'", "TIME", "\"23:59:59.990000\""),
        Arguments.of(
            "TIMESTAMPTZ '2024-01-02 03:04:05.123456+00'", "TIMESTAMP", "\"1.704164645123456E9\""),
        Arguments.of("TIMESTAMPTZ 'epoch'", "TIMESTAMP", "\"0.0\""),
        Arguments.of(
            "TIMESTAMPTZ '9999-12-31 23:59:59.999999+00'",
            "TIMESTAMP",
            "\"2.53402300799999999E11\""),
        Arguments.of("TIMESTAMPTZ '0001-01-01 00:00:00+00'", "TIMESTAMP", "\"-6.21355968E10\""),
        Arguments.of(
            "'{\"b\": 1, \"a\": [1.0]}'::JSON", "JSON", "\"{\\\"a\\\":[1.0],\\\"b\\\":1}\""),
        Arguments.of(
            "INTERVAL '14 months -3 days 25:00:00.5'", "INTERVAL", "\"1-2 -3 25:0:0.500\""),
        Arguments.of("INTERVAL '-90 minutes'", "INTERVAL", "\"0-0 0 -1:30:0\""),
        Arguments.of("[1, NULL]", "ARRAY<INT64>", "[{\"v\":\"1\"},{\"v\":null}]"),
        Arguments.of("NULL::VARCHAR[]", "ARRAY<STRING>", "[]"),
        Arguments.of(
            "{'a b': 1, 'c': ['x']}",
            "STRUCT<`a b` INT64, c ARRAY<STRING>>",
            "{\"f\":[{\"v\":\"1\"},{\"v\":[{\"v\":\"x\"}]}]}"),
        Arguments.of(
            "[{'t': TIMESTAMP '2024-09-29 02:50:00', 'n': '1'::BIGNUM, 'b': 'x'::BLOB}]",
            "ARRAY<STRUCT<t DATETIME, n BIGNUMERIC, b BYTES>>",
            "[{\"v\":{\"f\":[{\"v\":\"2024-09-29T02:50:00\"},{\"v\":\"0."
                + "0".repeat(37)
                + "1\"},{\"v\":\"eA==\"}]}}]"));
  }

  @ParameterizedTest
  @MethodSource("values")
  void rendersAsTheRestApiDoes(String expression, String type, String json) throws Exception {
    run("CREATE OR REPLACE TEMP TABLE t AS SELECT " + expression + " AS v");
    TableSchema schema = TableSchema.of(GoogleSqlTypes.read("v", type));
    assertThat(GoogleSqlTypes.write(schema.fields().get(0))).isEqualTo(type);
    assertThat(row(schema, TimestampForm.FLOAT_SECONDS))
        .hasToString("{\"f\":[{\"v\":" + json + "}]}");
  }

  private ObjectNode row(TableSchema schema, TimestampForm form) throws Exception {
    try (Statement statement = connection.createStatement();
        ResultSet result =
            statement.executeQuery("SELECT " + RowJson.columns(schema) + " FROM t")) {
      result.next();
      return new RowJson(schema, form).row(result);
    }
  }

  /** The tests run in Pacific/Chatham, whose clocks change in these two nights. */
  @Test
  void momentsNearAChangeOfTheMachinesClocksAreExact() throws Exception {
    TableSchema schema =
        new TableSchema(
            List.of(
                GoogleSqlTypes.read("at", "TIMESTAMP"),
                GoogleSqlTypes.read("list", "ARRAY<TIMESTAMP>"),
                GoogleSqlTypes.read("civil", "DATETIME")));
    for (String day : List.of("2024-04-06T00:00:00Z", "2024-09-28T00:00:00Z")) {
      for (int minutes = 0; minutes < 48 * 60; minutes += 15) {
        Instant at = Instant.parse(day).plusSeconds(minutes * 60L);
        String civil = LocalDateTime.ofInstant(at, ZoneOffset.UTC).toString();
        run(
            "CREATE OR REPLACE TEMP TABLE t AS SELECT TIMESTAMPTZ '%1$s+00' AS at,".formatted(civil)
                + " [TIMESTAMPTZ '%1$s+00'] AS list, TIMESTAMP '%1$s' AS civil".formatted(civil));
        String micros = Long.toString(at.getEpochSecond() * 1_000_000);
        assertThat(row(schema, TimestampForm.INT64_MICROS))
            .hasToString(
                "{\"f\":[{\"v\":\"%s\"},{\"v\":[{\"v\":\"%s\"}]},{\"v\":\"%s\"}]}"
                    .formatted(micros, micros, civil.length() == 16 ? civil + ":00" : civil));
      }
    }
  }

  @Test
  void writesTimestampsAsMicrosecondsOnRequest() throws Exception {
    run(
        "CREATE OR REPLACE TEMP TABLE t AS SELECT TIMESTAMPTZ '9999-12-31 23:59:59.999999+00' AS v");
    TableSchema schema = TableSchema.of(FieldSchema.nullable("v", BigQueryType.TIMESTAMP));
    assertThat(row(schema, TimestampForm.INT64_MICROS))
        .hasToString("{\"f\":[{\"v\":\"253402300799999999\"}]}");
  }

  @Test
  void refusesASumBeyondInt64() throws Exception {
    run("CREATE OR REPLACE TEMP TABLE t AS SELECT 9223372036854775808::HUGEINT AS v");
    TableSchema schema = TableSchema.of(FieldSchema.nullable("v", BigQueryType.INT64));
    assertThatThrownBy(() -> row(schema, TimestampForm.FLOAT_SECONDS))
        .isInstanceOf(GoogleError.class)
        .hasMessageContaining("int64 overflow");
  }

  @Test
  void readsTypeParametersAndRefusesWhatIsNoType() {
    assertThat(GoogleSqlTypes.write(GoogleSqlTypes.read("v", "decimal(10,2)")))
        .isEqualTo("NUMERIC(10, 2)");
    assertThat(GoogleSqlTypes.write(GoogleSqlTypes.read("v", "array<string(5)>")))
        .isEqualTo("ARRAY<STRING(5)>");
    for (String bad : List.of("ARRAY<ARRAY<INT64>>", "INT64 x", "STRUCT<>", "NUMERIC(", "MAP")) {
      assertThatThrownBy(() -> GoogleSqlTypes.read("v", bad)).isInstanceOf(GoogleError.class);
    }
  }
}
