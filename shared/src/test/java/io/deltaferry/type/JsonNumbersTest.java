package io.deltaferry.type;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltaferry.sql.PgTable;
import io.deltaferry.testing.CsvRows;
import io.deltaferry.testing.Extracts;
import io.deltaferry.testing.MemoryParts;
import io.deltaferry.testing.TestPostgres;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** JSON numbers that BigQuery would round are counted, others are not. */
class JsonNumbersTest {
  private static final List<String> EXACT =
      List.of(
          "null",
          "1",
          "0.1",
          "-9223372036854775808",
          "18446744073709551615",
          "0.30000000000000004",
          "1.7976931348623157e308",
          "0e99999999",
          "1234567890123456.0",
          "5e-324",
          "\"1234567890.123456789012345678901\"",
          "{\"a\\\"1234567890123456789012\": [true, 12.50]}");

  private static final List<String> ROUNDED =
      List.of(
          "18446744073709551616123",
          "-9223372036854775809",
          "12345678901234567.0",
          "0.12345678901234567890",
          "[1, {\"a\": \"x\", \"b\": 40.712775999999998001}]",
          "1e400",
          "1e-400",
          "{\"deep\": {\"er\": [[3.14159265358979323846]]}}");

  @Test
  void countsExactlyTheRoundedOnes() {
    TestPostgres postgres = TestPostgres.create();
    postgres.run(
        "CREATE TABLE numbers (id int, j json, b jsonb, n numeric[])",
        "INSERT INTO numbers SELECT 1, x::json, CASE WHEN x NOT LIKE '0e%' THEN x::jsonb END,"
            + " ARRAY[0.5] FROM unnest(ARRAY["
            + array(EXACT)
            + "]) x",
        "INSERT INTO numbers SELECT 2, x::json, x::jsonb, ARRAY[1e30 + 1, NULL] FROM unnest(ARRAY["
            + array(ROUNDED)
            + "]) x",
        "INSERT INTO numbers VALUES (3, '1e1000000', NULL, NULL)");
    long rounded = ROUNDED.size();
    assertThat(
            Extracts.all(
                    postgres,
                    PgTable.of("public", "numbers"),
                    MappingOptions.DEFAULT,
                    new MemoryParts())
                .losses())
        .isEqualTo(Map.of("j", rounded + 1, "b", rounded, "n", rounded));
  }

  @Test
  void stagesTheNearestFloatAndNothingElseOfTheTextDiffers() {
    TestPostgres postgres = TestPostgres.create();
    String text =
        """
        {"a \\\\" : [12345678901234567.0, "\\\"1234567890.12345678901", -0.1234567890123456789],
         "b":1e400, "c": -1E+1000000 ,"d": 1e-400, "e": -1e-9999,"f":18446744073709551616, "g" : true}""";
    postgres.run("CREATE TABLE n (id int, j json)", "INSERT INTO n VALUES (1, '" + text + "')");
    MemoryParts parts = new MemoryParts();

    Extracts.all(postgres, PgTable.of("public", "n"), MappingOptions.DEFAULT, parts);

    assertThat(CsvRows.parse(parts.csv().get(0)).get(1).get(1))
        .isEqualTo(
            """
            {"a \\\\" : [1.2345678901234568e+16, "\\\"1234567890.12345678901", -0.12345678901234568],
             "b":1.7976931348623157e+308, "c": -1.7976931348623157e+308 ,"d": 0, "e": 0,"f":1.8446744073709552e+19, "g" : true}""");
  }

  private static String array(List<String> values) {
    return "'" + String.join("', '", values) + "'";
  }
}
