package io.deltaferry.localgcp.bigquery.type;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.deltaferry.localgcp.http.GoogleError;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaJsonTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static JsonNode json(String text) throws Exception {
    return JSON.readTree(text.replace('\'', '"'));
  }

  @Test
  void readsAndWritesEveryProperty() throws Exception {
    String text =
        "{'fields':[{'name':'id','type':'INTEGER','mode':'REQUIRED','description':'key'},"
            + "{'name':'n','type':'NUMERIC','mode':'NULLABLE','precision':'10','scale':'2',"
            + "'defaultValueExpression':'0'},"
            + "{'name':'s','type':'STRING','mode':'NULLABLE','maxLength':'5'},"
            + "{'name':'r','type':'RECORD','mode':'REPEATED','fields':["
            + "{'name':'x','type':'FLOAT','mode':'NULLABLE'}]}]}";

    TableSchema schema = SchemaJson.read(json(text));

    assertThat(SchemaJson.write(schema)).isEqualTo(json(text));
    assertThat(schema.field("N").orElseThrow().scale()).isEqualTo(2);
    assertThat(DuckTypes.columns(schema))
        .isEqualTo(
            "\"id\" BIGINT NOT NULL, \"n\" DECIMAL(38,9), \"s\" VARCHAR,"
                + " \"r\" STRUCT(\"x\" DOUBLE)[] NOT NULL");
  }

  @Test
  void modeDefaultsToNullableAndStandardNamesAreWrittenAsTheApiDoes() throws Exception {
    TableSchema schema =
        SchemaJson.read(
            json("{'fields':[{'name':'a','type':'int64'},{'name':'b','type':'BOOL'}]}"));

    assertThat(SchemaJson.write(schema))
        .isEqualTo(
            json(
                "{'fields':[{'name':'a','type':'INTEGER','mode':'NULLABLE'},"
                    + "{'name':'b','type':'BOOLEAN','mode':'NULLABLE'}]}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'name':'a','type':'WHAT'} | WHAT",
        "{'name':'a'} | has no type",
        "{'name':'a','type':'RECORD'} | has no schema",
        "{'name':'a','type':'INT64','mode':'SOME'} | Invalid value for mode: SOME",
        "{'name':'a','type':'INT64','precision':'3'} | only for NUMERIC",
        "{'name':'a','type':'NUMERIC','precision':'39','scale':'9'} | must be between 9 and 38",
        "{'name':'a','type':'NUMERIC','precision':'12','scale':'10'} | between 0 and 9",
        "{'name':'a','type':'BIGNUMERIC','precision':'77','scale':'38'} | between 38 and 76",
        "{'name':'a','type':'STRING','maxLength':'0'} | must be positive",
        "{'name':'a','type':'STRING','policyTags':{'names':['x']}} | policyTags is not supported",
        "{'name':'a','type':'NUMERIC','roundingMode':'ROUND_HALF_EVEN'} | ROUND_HALF_EVEN",
      })
  void refuses(String field, String message) {
    assertThatThrownBy(() -> SchemaJson.readField(json(field.replace("''", "'"))))
        .isInstanceOf(GoogleError.class)
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a.b",
        "",
        "_TABLE_x",
        "_file_y",
        "_PartitionTime",
        "__root__x",
        "a\"b",
        "a\nb",
        "a/b",
      })
  void refusesColumnName(String name) {
    TableSchema schema = TableSchema.of(FieldSchema.nullable(name, BigQueryType.INT64));
    assertThatThrownBy(schema::checked).hasMessageContaining("Invalid field name");
  }

  @Test
  void refusesNamesThatDifferOnlyInCaseAndNamesOver300Characters() {
    TableSchema twice =
        new TableSchema(
            List.of(
                FieldSchema.nullable("Id", BigQueryType.INT64),
                FieldSchema.nullable("iD", BigQueryType.INT64)));
    TableSchema longest = TableSchema.of(FieldSchema.nullable("é".repeat(300), BigQueryType.INT64));
    TableSchema tooLong = TableSchema.of(FieldSchema.nullable("é".repeat(301), BigQueryType.INT64));

    assertThatThrownBy(twice::checked).hasMessageContaining("Duplicate field names");
    assertThatThrownBy(tooLong::checked).hasMessageContaining("at most 300 characters");
    assertThat(longest.checked()).isSameAs(longest);
    assertThat(TableSchema.of(FieldSchema.nullable("größe % = #1", BigQueryType.INT64)).checked())
        .isNotNull();
  }
}
