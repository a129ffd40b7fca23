package io.deltaferry.cli.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.bigquery.Field;
import com.google.cloud.bigquery.FieldList;
import com.google.cloud.bigquery.FieldValue;
import com.google.cloud.bigquery.FieldValue.Attribute;
import com.google.cloud.bigquery.FieldValueList;
import com.google.cloud.bigquery.StandardSQLTypeName;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RowWriterTest {
  private static final FieldList FIELDS =
      FieldList.of(
          Field.of("n", StandardSQLTypeName.INT64),
          Field.of("amount", StandardSQLTypeName.NUMERIC),
          Field.of("ratio", StandardSQLTypeName.FLOAT64),
          Field.of("ok", StandardSQLTypeName.BOOL),
          Field.of("at", StandardSQLTypeName.TIMESTAMP),
          Field.of("doc", StandardSQLTypeName.JSON),
          Field.of("name", StandardSQLTypeName.STRING));

  private static final FieldValueList FIRST =
      row(
          "9223372036854775807",
          "0.10",
          "0.5",
          "true",
          "253402300799999999",
          "{\"b\":1.10}",
          "a\"b,\n");
  private static final FieldValueList EMPTY = row(null, null, "NaN", null, "-1", null, "");

  @Test
  void jsonHasBigQuerysExportForms() {
    assertThat(print(ResultFormat.JSON, FIRST, EMPTY))
        .isEqualTo(
            """
            {"n":"9223372036854775807","amount":"0.10","ratio":0.5,"ok":true,"at":"9999-12-31 23:59:59.999999 UTC","doc":{"b":1.10},"name":"a\\"b,\\n"}
            {"n":null,"amount":null,"ratio":"NaN","ok":null,"at":"1969-12-31 23:59:59.999999 UTC","doc":null,"name":""}
            """);
  }

  @Test
  void csvTellsNullFromTheEmptyText() {
    assertThat(print(ResultFormat.CSV, FIRST, EMPTY))
        .isEqualTo(
            String.join(
                "\r\n",
                List.of(
                    "n,amount,ratio,ok,at,doc,name",
                    "9223372036854775807,0.10,0.5,true,9999-12-31 23:59:59.999999 UTC,\"{\"\"b\"\":1.10}\",\"a\"\"b,\n\"",
                    ",,NaN,,1969-12-31 23:59:59.999999 UTC,,\"\"",
                    "")));
  }

  @Test
  void tableAlignsNumbersAndShowsNullAndControlCharacters() {
    FieldList fields =
        FieldList.of(
            Field.of("name", StandardSQLTypeName.STRING),
            Field.of("count", StandardSQLTypeName.INT64));
    StringWriter text = new StringWriter();
    RowWriter writer = ResultFormat.TABLE.writer(fields, new PrintWriter(text));
    writer.row(row("日本 👩🏽‍🏫", "7"));
    writer.row(row("two\nlines\u001f", "1234567"));
    writer.row(row(null, null));
    writer.end();
    assertThat(text.toString().lines())
        .containsExactly(
            "name                count",
            "────────────────  ───────",
            "日本 👩🏽‍🏫                 7",
            "two\\nlines\\u001f  1234567",
            "NULL                 NULL",
            "(3 rows)");
  }

  @Test
  void tableGoesOnAfterTheRowsItMeasures() {
    FieldList fields = FieldList.of(Field.of("n", StandardSQLTypeName.INT64));
    StringWriter text = new StringWriter();
    RowWriter writer = ResultFormat.TABLE.writer(fields, new PrintWriter(text));
    for (int i = 0; i < 1_500; i++) {
      writer.row(row(Integer.toString(i)));
    }
    writer.end();
    assertThat(text.toString().lines()).hasSize(1_503).endsWith("1499", "(1500 rows)");
  }

  @Test
  void nestedValuesAreJson() {
    Field tags =
        Field.newBuilder("tags", StandardSQLTypeName.INT64).setMode(Field.Mode.REPEATED).build();
    FieldValue value =
        FieldValue.of(
            Attribute.REPEATED,
            FieldValueList.of(
                List.of(
                    FieldValue.of(Attribute.PRIMITIVE, "1"),
                    FieldValue.of(Attribute.PRIMITIVE, "2"))));
    assertThat(CellText.of(tags, value)).isEqualTo("[\"1\",\"2\"]");
  }

  @Test
  void widthCountsWhatATerminalShows() {
    assertThat(DisplayWidth.of("abc")).isEqualTo(3);
    assertThat(DisplayWidth.of("日本")).isEqualTo(4);
    assertThat(DisplayWidth.of("e\u0301")).isEqualTo(1);
    assertThat(DisplayWidth.of("👩🏽‍🏫")).isEqualTo(2);
    assertThat(DisplayWidth.cut("日本語", 5)).isEqualTo("日本…");
  }

  private static String print(ResultFormat format, FieldValueList... rows) {
    StringWriter text = new StringWriter();
    RowWriter writer = format.writer(FIELDS, new PrintWriter(text));
    Arrays.stream(rows).forEach(writer::row);
    writer.end();
    return text.toString();
  }

  private static FieldValueList row(@Nullable String... values) {
    List<FieldValue> cells = new ArrayList<>();
    for (String value : values) {
      cells.add(FieldValue.of(Attribute.PRIMITIVE, value, true));
    }
    return FieldValueList.of(cells);
  }
}
