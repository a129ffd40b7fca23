package io.deltaferry.localgcp.bigquery.load;

import static io.deltaferry.localgcp.bigquery.type.BigQueryType.BIGNUMERIC;
import static io.deltaferry.localgcp.bigquery.type.BigQueryType.BOOL;
import static io.deltaferry.localgcp.bigquery.type.BigQueryType.BYTES;
import static io.deltaferry.localgcp.bigquery.type.BigQueryType.DATE;
import static io.deltaferry.localgcp.bigquery.type.BigQueryType.DATETIME;
import static io.deltaferry.localgcp.bigquery.type.BigQueryType.FLOAT64;
import static io.deltaferry.localgcp.bigquery.type.BigQueryType.GEOGRAPHY;
import static io.deltaferry.localgcp.bigquery.type.BigQueryType.INT64;
import static io.deltaferry.localgcp.bigquery.type.BigQueryType.INTERVAL;
import static io.deltaferry.localgcp.bigquery.type.BigQueryType.JSON;
import static io.deltaferry.localgcp.bigquery.type.BigQueryType.NUMERIC;
import static io.deltaferry.localgcp.bigquery.type.BigQueryType.STRING;
import static io.deltaferry.localgcp.bigquery.type.BigQueryType.TIME;
import static io.deltaferry.localgcp.bigquery.type.BigQueryType.TIMESTAMP;
import static org.assertj.core.api.Assertions.assertThat;

import io.deltaferry.localgcp.bigquery.type.BigQueryType;
import io.deltaferry.localgcp.bigquery.type.FieldSchema;
import io.deltaferry.localgcp.bigquery.type.GoogleSqlTypes;
import io.deltaferry.localgcp.bigquery.type.TableSchema;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One table of rows: a type, a cell's text, and what is stored or why it is refused. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CsvValuesTest {
  /** 2^255 and the digits of the largest BIGNUMERIC, times 10^38. */
  private static final String MAX_BIGNUMERIC =
      "578960446186580977117854925043439539266.34992332820282019728792003956564819967";

  private static final String MIN_BIGNUMERIC =
      "-578960446186580977117854925043439539266.34992332820282019728792003956564819968";

  private LoadedTable table;

  /** What one cell becomes: exactly one of the last two is set, or none for NULL. */
  record Case(FieldSchema field, String cell, @Nullable String stored, @Nullable String error) {
    @Override
    public String toString() {
      return field.type() + " <" + cell + ">";
    }
  }

  private static Case ok(BigQueryType type, String cell, @Nullable String stored) {
    return new Case(FieldSchema.nullable("v", type), cell, stored, null);
  }

  private static Case no(BigQueryType type, String cell, String error) {
    return new Case(FieldSchema.nullable("v", type), cell, null, error);
  }

  private static Case ok(FieldSchema field, String cell, String stored) {
    return new Case(field, cell, stored, null);
  }

  private static Case no(FieldSchema field, String cell, String error) {
    return new Case(field, cell, null, error);
  }

  static Stream<Case> cases() {
    return Stream.of(
            bools(),
            integers(),
            floats(),
            decimals(),
            texts(),
            bytes(),
            civil(),
            timestamps(),
            others())
        .flatMap(stream -> stream);
  }

  private static Stream<Case> bools() {
    return Stream.concat(
        Stream.of(
            ok(BOOL, "", null),
            ok(BOOL, "\"\"", null),
            no(BOOL, "2", "Unable to parse"),
            no(BOOL, "on", "Unable to parse"),
            no(BOOL, " t", "Unable to parse")),
        Stream.of("t,f", "T,F", "true,false", "TRUE,False", "y,n", "yes,No", "1,0")
            .flatMap(
                pair ->
                    Stream.of(
                        ok(BOOL, pair.split(",", -1)[0], "true"),
                        ok(BOOL, pair.split(",", -1)[1], "false"))));
  }

  private static Stream<Case> integers() {
    return Stream.of(
        ok(INT64, "", null),
        ok(INT64, "\"\"", null),
        ok(INT64, "0", "0"),
        ok(INT64, "\"7\"", "7"),
        ok(INT64, "-9223372036854775808", "-9223372036854775808"),
        ok(INT64, "9223372036854775807", "9223372036854775807"),
        no(INT64, "9223372036854775808", "Integer out of range"),
        no(INT64, "-9223372036854775809", "Integer out of range"),
        no(INT64, "x", "Unable to parse"),
        no(INT64, "1.0", "Unable to parse"),
        no(INT64, "-", "Unable to parse"),
        no(INT64, " 1", "Unable to parse"),
        no(INT64, "１", "Unable to parse"));
  }

  private static Stream<Case> floats() {
    return Stream.of(
        ok(FLOAT64, "", null),
        ok(FLOAT64, "\"\"", null),
        ok(FLOAT64, "0", "0.0"),
        ok(FLOAT64, "-0", "-0.0"),
        ok(FLOAT64, "1.5", "1.5"),
        ok(FLOAT64, "0.1", "0.1"),
        ok(FLOAT64, "1.7976931348623157e+308", "1.7976931348623157e+308"),
        ok(FLOAT64, "4.9e-324", "5e-324"),
        ok(FLOAT64, "1e-400", "0.0"),
        ok(FLOAT64, "NaN", "nan"),
        ok(FLOAT64, "Infinity", "inf"),
        ok(FLOAT64, "-Infinity", "-inf"),
        ok(FLOAT64, "+inf", "inf"),
        no(FLOAT64, "1e400", "Float out of range"),
        no(FLOAT64, "-1e400", "Float out of range"),
        no(FLOAT64, "1,5".replace(',', ';'), "Unable to parse"),
        no(FLOAT64, "0x1p3", "Unable to parse"),
        no(FLOAT64, "1d", "Unable to parse"),
        no(FLOAT64, ".", "Unable to parse"),
        no(FLOAT64, "infinite", "Unable to parse"));
  }

  private static Stream<Case> decimals() {
    FieldSchema price = GoogleSqlTypes.read("v", "NUMERIC(5, 2)");
    FieldSchema whole = GoogleSqlTypes.read("v", "NUMERIC(3)");
    FieldSchema wide = GoogleSqlTypes.read("v", "BIGNUMERIC(40, 20)");
    String nines = "99999999999999999999999999999.999999999";
    return Stream.of(
        ok(NUMERIC, "", null),
        ok(NUMERIC, "\"\"", null),
        ok(NUMERIC, "0", "0.000000000"),
        ok(NUMERIC, nines, nines),
        ok(NUMERIC, "-" + nines, "-" + nines),
        ok(NUMERIC, "1.0000000005", "1.000000001"),
        ok(NUMERIC, "-1.0000000005", "-1.000000001"),
        ok(NUMERIC, "1.00000000049999", "1.000000000"),
        ok(NUMERIC, "1e3", "1000.000000000"),
        no(NUMERIC, "99999999999999999999999999999.9999999995", "out of range"),
        no(NUMERIC, "100000000000000000000000000000", "out of range"),
        no(NUMERIC, "1e999999999", "out of range"),
        no(NUMERIC, "NaN", "Unable to parse"),
        no(NUMERIC, "Infinity", "Unable to parse"),
        no(NUMERIC, "1 000", "Unable to parse"),
        ok(price, "999.994", "999.990000000"),
        ok(price, "-1.005", "-1.010000000"),
        no(price, "999.995", "NUMERIC(5, 2)"),
        no(price, "1000", "NUMERIC(5, 2)"),
        ok(whole, "99.5", "100.000000000"),
        no(whole, "999.5", "NUMERIC(3, 0)"),
        ok(BIGNUMERIC, "", null),
        ok(BIGNUMERIC, "0", "0"),
        ok(BIGNUMERIC, "1", "1" + "0".repeat(38)),
        ok(BIGNUMERIC, MAX_BIGNUMERIC, MAX_BIGNUMERIC.replace(".", "")),
        ok(BIGNUMERIC, MIN_BIGNUMERIC, MIN_BIGNUMERIC.replace(".", "")),
        no(BIGNUMERIC, MIN_BIGNUMERIC.substring(1), "out of range"),
        no(BIGNUMERIC, "1e39", "out of range"),
        ok(BIGNUMERIC, "0." + "0".repeat(37) + "15", "2"),
        ok(BIGNUMERIC, "-0." + "0".repeat(37) + "15", "-2"),
        no(BIGNUMERIC, "NaN", "Unable to parse"),
        ok(wide, "12345678901234567890.5", "123456789012345678905" + "0".repeat(37)),
        no(wide, "123456789012345678901", "BIGNUMERIC(40, 20)"));
  }

  private static Stream<Case> texts() {
    FieldSchema three = FieldSchema.nullable("v", STRING).withMaxLength(3);
    return Stream.of(
        ok(STRING, "", null),
        ok(STRING, "\"\"", ""),
        ok(STRING, "a", "a"),
        ok(STRING, "  a ", "  a "),
        ok(STRING, "\\N", "\\N"),
        ok(STRING, "NULL", "NULL"),
        ok(STRING, "a^b\tc", "a^b\tc"),
        ok(STRING, "\"a,b\"", "a,b"),
        ok(STRING, "\"\"\"\"", "\""),
        ok(STRING, "\"a\"\"b\"\"\"", "a\"b\""),
        ok(STRING, "\"a\r\nb\n\"", "a\r\nb\n"),
        ok(STRING, "\"\n\"", "\n"),
        ok(STRING, "héllo 😀 漢", "héllo 😀 漢"),
        ok(STRING, "x".repeat(1_000_000), "x".repeat(1_000_000)),
        ok(STRING, "\"" + "😀\n".repeat(250_000) + "\"", "😀\n".repeat(250_000)),
        ok(three, "ab😀", "ab😀"),
        no(three, "abcd", "maximum length of 3 but got 4"),
        no(STRING, "a\u0000b", "Bad character (ASCII 0)"),
        no(STRING, "a\u001fb", "Bad character (ASCII 31)"),
        no(STRING, "\"a\u0001\"", "Bad character (ASCII 1)"),
        no(STRING, "a\"b", "Quote character in a field"),
        no(STRING, "\"a\"b", "Data between close quote character (\") and field separator"),
        no(STRING, "\"a", "Missing close quote character (\")"),
        no(STRING, "a\rb", "Carriage return without line feed"));
  }

  private static Stream<Case> bytes() {
    FieldSchema two = FieldSchema.nullable("v", BYTES).withMaxLength(2);
    return Stream.of(
        ok(BYTES, "", null),
        ok(BYTES, "\"\"", ""),
        ok(BYTES, "AP8=", "00FF"),
        ok(BYTES, "+/+/", "FBFFBF"),
        ok(two, "AP8=", "00FF"),
        no(two, "AP8A", "maximum length of 2 but got 3"),
        no(BYTES, "AP8", "Invalid base64"),
        no(BYTES, "\"AP8=\n\"", "Invalid base64"),
        no(BYTES, "-_-_", "Invalid base64"),
        no(BYTES, "\\x00ff", "Invalid base64"));
  }

  private static Stream<Case> civil() {
    return Stream.of(
        ok(DATE, "", null),
        ok(DATE, "\"\"", null),
        ok(DATE, "0001-01-01", "0001-01-01"),
        ok(DATE, "9999-12-31", "9999-12-31"),
        ok(DATE, "2024-02-29", "2024-02-29"),
        no(DATE, "2023-02-29", "Invalid date"),
        no(DATE, "0000-12-31", "out of range"),
        no(DATE, "10000-01-01", "Unable to parse"),
        no(DATE, "infinity", "Unable to parse"),
        no(DATE, "-infinity", "Unable to parse"),
        no(DATE, "0044-03-15 BC", "Unable to parse"),
        no(DATE, "2024-1-2", "Unable to parse"),
        no(DATE, "2024/01/02", "Unable to parse"),
        no(DATE, "2024-01-02 00:00:00", "Unable to parse"),
        ok(TIME, "", null),
        ok(TIME, "00:00:00", "00:00:00"),
        ok(TIME, "23:59:59.999999", "23:59:59.999999"),
        ok(TIME, "12:00:00.5", "12:00:00.5"),
        no(TIME, "24:00:00", "Invalid time"),
        no(TIME, "12:60:00", "Invalid time"),
        no(TIME, "12:00:60", "Invalid time"),
        no(TIME, "12:00", "Unable to parse"),
        no(TIME, "12:00:00.1234567", "1 to 6 digits"),
        no(TIME, "12:00:00+00", "Unable to parse"),
        ok(DATETIME, "", null),
        ok(DATETIME, "0001-01-01 00:00:00", "0001-01-01 00:00:00"),
        ok(DATETIME, "9999-12-31T23:59:59.999999", "9999-12-31 23:59:59.999999"),
        ok(DATETIME, "2024-09-29 02:50:00", "2024-09-29 02:50:00"),
        ok(DATETIME, "2024-01-02", "2024-01-02 00:00:00"),
        no(DATETIME, "2024-01-02 03:04:05+00", "Unable to parse"),
        no(DATETIME, "infinity", "Unable to parse"),
        no(DATETIME, "2024-01-02 24:00:00", "Invalid time"));
  }

  private static Stream<Case> timestamps() {
    return Stream.of(
        ok(TIMESTAMP, "", null),
        ok(TIMESTAMP, "\"\"", null),
        ok(TIMESTAMP, "0001-01-01 00:00:00+00", "0001-01-01 00:00:00+00"),
        ok(TIMESTAMP, "9999-12-31 23:59:59.999999+00", "9999-12-31 23:59:59.999999+00"),
        ok(TIMESTAMP, "2024-01-02 03:04:05.123456+00:00", "2024-01-02 03:04:05.123456+00"),
        ok(TIMESTAMP, "2024-01-02T03:04:05Z", "2024-01-02 03:04:05+00"),
        ok(TIMESTAMP, "2024-01-02 03:04:05 UTC", "2024-01-02 03:04:05+00"),
        ok(TIMESTAMP, "2024-01-02 03:04:05", "2024-01-02 03:04:05+00"),
        ok(TIMESTAMP, "2024-01-02 03:04:05+05:30", "2024-01-01 21:34:05+00"),
        ok(TIMESTAMP, "2024-01-02 03:04:05-8", "2024-01-02 11:04:05+00"),
        no(TIMESTAMP, "0001-01-01 00:00:00+01", "out of range"),
        no(TIMESTAMP, "9999-12-31 23:59:59-01", "out of range"),
        no(TIMESTAMP, "2024-01-02 03:04:05+15", "Invalid time zone offset"),
        no(TIMESTAMP, "2024-01-02 03:04:05 Europe/Berlin", "Unable to parse"),
        no(TIMESTAMP, "infinity", "Unable to parse"),
        no(TIMESTAMP, "1704164645", "Unable to parse"));
  }

  private static Stream<Case> others() {
    return Stream.of(
        ok(JSON, "", null),
        ok(JSON, "\"\"", null),
        ok(JSON, "null", "null"),
        ok(
            JSON,
            "\"{\"\"b\"\": [1, 2.50, null], \"\"a\"\":\"\"ü\"\"}\"",
            "{\"a\":\"ü\",\"b\":[1,2.5,null]}"),
        ok(JSON, "\"{\"\"a\"\":1,\"\"a\"\":2}\"", "{\"a\":1}"),
        ok(JSON, "18446744073709551615", "18446744073709551615"),
        ok(JSON, "1e3", "1000.0"),
        no(JSON, "18446744073709551617", "without loss"),
        no(JSON, "0.1234567890123456789", "without loss"),
        no(JSON, "1e400", "without loss"),
        no(JSON, "{", "Invalid JSON"),
        no(JSON, "1 2", "Invalid JSON"),
        no(JSON, "NaN", "Invalid JSON"),
        no(JSON, "[".repeat(600) + "]".repeat(600), "Invalid JSON"),
        ok(INTERVAL, "", null),
        ok(INTERVAL, "1-2 3 4:5:6.789", "1 year 2 months 3 days 04:05:06.789"),
        ok(INTERVAL, "-0-1 -3 -25:0:0", "-1 month -3 days -25:00:00"),
        ok(INTERVAL, "P1Y2M3DT4H5M6.5S", "1 year 2 months 3 days 04:05:06.5"),
        no(INTERVAL, "1 year", "Unable to parse"),
        no(INTERVAL, "10001-0 0 0:0:0", "out of range"),
        ok(GEOGRAPHY, "", null),
        ok(GEOGRAPHY, "POINT(1 2)", "POINT(1 2)"),
        no(GEOGRAPHY, "somewhere", "only WKT"));
  }

  @BeforeAll
  void open() throws Exception {
    table = new LoadedTable();
  }

  @AfterAll
  void close() throws Exception {
    table.close();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void storesOrRefuses(Case row) throws Exception {
    TableSchema schema = TableSchema.of(FieldSchema.required("id", INT64), row.field());
    CsvOptions options = CsvOptionsBuilder.defaults().quotedNewlines().build();

    LoadResult result = table.load(schema, options, "1," + row.cell() + "\n");

    String error = row.error();
    if (error == null) {
      assertThat(result.errors()).isEmpty();
      assertThat(result.rows()).isEqualTo(1);
      assertThat(table.rows(schema)).isEqualTo(List.of(Arrays.asList("1", row.stored())));
    } else {
      assertThat(result.failed()).isTrue();
      assertThat(result.rows()).isZero();
      assertThat(result.errors().get(1).message())
          .contains(error)
          .endsWith(" File: gs://bucket/part-0");
    }
  }

  @Test
  void everyTypeOfAColumnHasRows() {
    Set<BigQueryType> covered = cases().map(row -> row.field().type()).collect(Collectors.toSet());
    assertThat(covered).isEqualTo(EnumSet.complementOf(EnumSet.of(BigQueryType.STRUCT)));
  }
}
