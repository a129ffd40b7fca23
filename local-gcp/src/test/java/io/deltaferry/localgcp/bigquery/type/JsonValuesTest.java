package io.deltaferry.localgcp.bigquery.type;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.cloud.bigquery.QueryParameterValue;
import io.deltaferry.localgcp.http.GoogleError;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values that come as JSON: query parameters and streamed rows. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JsonValuesTest {
  private static final ObjectMapper JSON = new ObjectMapper();

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

  private static JsonNode json(String text) throws Exception {
    return JSON.readTree(text.replace('\'', '"'));
  }

  /** What the literal is once DuckDB has read it, in the REST API's form. */
  private String rendered(TableSchema schema, String literals) throws Exception {
    run("CREATE OR REPLACE TEMP TABLE t(" + DuckTypes.columns(schema) + ")");
    run("INSERT INTO t VALUES (" + literals + ")");
    try (Statement statement = connection.createStatement();
        ResultSet result =
            statement.executeQuery("SELECT " + RowJson.columns(schema) + " FROM t")) {
      result.next();
      return new RowJson(schema, TimestampForm.INT64_MICROS)
          .row(result)
          .path("f")
          .toString()
          .replace('"', '\'');
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "BOOL | 'true' | 'true'",
        "INT64 | 9223372036854775807 | '9223372036854775807'",
        "FLOAT64 | 'NaN' | 'NaN'",
        "FLOAT64 | '-Infinity' | '-Infinity'",
        "FLOAT64 | 0.1 | '0.1'",
        "NUMERIC | '1.0000000005' | '1.000000001'",
        "NUMERIC | 12.5 | '12.5'",
        "BIGNUMERIC | '-0.00000000000000000000000000000000000001' |"
            + " '-0.00000000000000000000000000000000000001'",
        "STRING | 'a😀\\u0000b' | 'a😀\\u0000b'",
        "BYTES | 'AP8=' | 'AP8='",
        "DATE | '0001-01-01' | '0001-01-01'",
        "DATETIME | '2024-09-29T02:50:00.5' | '2024-09-29T02:50:00.500000'",
        "TIME | '23:59:59.999999' | '23:59:59.999999'",
        "TIMESTAMP | '2024-01-02 03:04:05.123456+00:00' | '1704164645123456'",
        "TIMESTAMP | 1704164645.123456 | '1704164645123456'",
        "TIMESTAMP | '0001-01-01 00:00:00+00' | '-62135596800000000'",
        "JSON | '[1, 2]' | '[1,2]'",
        "INTERVAL | '-1-2 3 -4:5:6.789' | '-1-2 3 -4:5:6.789'",
        "GEOGRAPHY | 'POINT(1 2)' | 'POINT(1 2)'",
        "INT64 | null | null",
      })
  void scalarsSurvive(String type, String given, String expected) throws Exception {
    TableSchema schema =
        TableSchema.of(
            FieldSchema.nullable("v", BigQueryType.parse(type)),
            FieldSchema.repeated("r", BigQueryType.parse(type)));
    String list = given.equals("null") ? "[]" : "[" + given + "]";
    JsonNode row = json("{'V':" + given + ",'r':" + list + "}");

    String literals = String.join(", ", InsertRow.literals(schema, row, false));

    String repeated = given.equals("null") ? "[]" : "[{'v':" + expected + "}]";
    assertThat(rendered(schema, literals))
        .isEqualTo("[{'v':" + expected + "},{'v':" + repeated + "}]");
  }

  @Test
  void rowsHaveStructsAndMissingMembers() throws Exception {
    TableSchema schema =
        TableSchema.of(
            FieldSchema.struct(
                "s",
                FieldMode.REPEATED,
                java.util.List.of(
                    FieldSchema.nullable("a", BigQueryType.INT64),
                    FieldSchema.repeated("b", BigQueryType.DATETIME))),
            FieldSchema.nullable("n", BigQueryType.STRING));

    String literals =
        String.join(
            ", ",
            InsertRow.literals(
                schema, json("{'s':[{'b':['2024-09-29 02:50:00']},{'a':1}],'z':1}"), true));

    assertThat(rendered(schema, literals))
        .isEqualTo(
            "[{'v':[{'v':{'f':[{'v':null},{'v':[{'v':'2024-09-29T02:50:00'}]}]}},"
                + "{'v':{'f':[{'v':'1'},{'v':[]}]}}]},{'v':null}]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'z':1,'q':1} | z | no such field: z.",
        "{} | q | Missing required field: q.",
        "{'q':null} | q | Missing required field: q.",
        "{'q':1.5} | q | INT64",
        "{'q':9223372036854775808} | q | Integer out of range",
        "{'q':1,'r':[1,null]} | r | Only optional fields can be set to NULL",
        "{'q':1,'r':1} | r | must be given as an array",
        "{'q':[1]} | q | non-repeated",
        "{'q':{'a':1}} | q | not a record",
        "{'q':1,'s':5} | s | is a record",
        "{'q':1,'s':{'x':1}} | s.x | no such field: s.x.",
        "{'q':1,'s':{'a':'infinity'}} | s.a | DATE",
        "[1] | `` | must be a JSON object",
      })
  void refusesRow(String row, String location, String message) throws Exception {
    TableSchema schema =
        TableSchema.of(
            FieldSchema.required("q", BigQueryType.INT64),
            FieldSchema.repeated("r", BigQueryType.INT64),
            FieldSchema.struct(
                "s",
                FieldMode.NULLABLE,
                java.util.List.of(FieldSchema.nullable("a", BigQueryType.DATE))));
    JsonNode json = json(row);

    FieldRefusedException refused =
        catchThrowableOfType(
            FieldRefusedException.class, () -> InsertRow.literals(schema, json, false));

    assertThat(refused.location()).isEqualTo(location);
    assertThat(refused).hasMessageContaining(message);
  }

  @Test
  void readsWhatTheOfficialClientSends() throws Exception {
    QueryParameterValue timestamp = QueryParameterValue.timestamp(1_704_164_645_123_456L);
    QueryParameter parameter =
        QueryParameter.read(
            json(
                "{'name':'p','parameterType':{'type':'TIMESTAMP'},'parameterValue':{'value':'"
                    + timestamp.getValue()
                    + "'}}"));

    assertThat(parameter.text()).contains("2024-01-02 03:04:05.123456+00");
    assertThat(parameter.googleSqlType()).isEqualTo("TIMESTAMP");
  }

  @Test
  void readsArraysStructsAndNulls() throws Exception {
    QueryParameter parameter =
        QueryParameter.read(
            json(
                "{'parameterType':{'type':'ARRAY','arrayType':{'type':'STRUCT','structTypes':["
                    + "{'name':'a','type':{'type':'NUMERIC'}},"
                    + "{'name':'b','type':{'type':'ARRAY','arrayType':{'type':'STRING'}}}]}},"
                    + "'parameterValue':{'arrayValues':[{'structValues':{'a':{'value':'1.50'},"
                    + "'b':{'arrayValues':[{'value':'x'}]}}},{'structValues':{}}]}}"));

    assertThat(parameter.googleSqlType()).isEqualTo("ARRAY<STRUCT<a NUMERIC, b ARRAY<STRING>>>");
    assertThat(parameter.text()).contains("[{\"a\":\"1.5\",\"b\":[\"x\"]},{\"a\":null,\"b\":[]}]");
    assertThat(
            rendered(
                TableSchema.of(parameter.type().withName("v")),
                DuckLiterals.of(parameter.type(), parameter.value())))
        .isEqualTo(
            "[{'v':[{'v':{'f':[{'v':'1.5'},{'v':[{'v':'x'}]}]}},"
                + "{'v':{'f':[{'v':null},{'v':[]}]}}]}]");
    assertThat(QueryParameter.read(json("{'parameterType':{'type':'DATE'}}")).text()).isEmpty();
  }

  @Test
  void refusesAParameterThatIsNotOfItsType() throws Exception {
    JsonNode date =
        json("{'parameterType':{'type':'DATE'},'parameterValue':{'value':'2024-02-30'}}");
    JsonNode untyped = json("{'parameterValue':{'value':'1'}}");

    assertThatThrownBy(() -> QueryParameter.read(date))
        .isInstanceOf(GoogleError.class)
        .hasMessageContaining("Invalid date");
    assertThatThrownBy(() -> QueryParameter.read(untyped))
        .hasMessageContaining("parameterType.type");
  }
}
