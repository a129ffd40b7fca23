package io.deltaferry.cli.endtoend;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.deltaferry.cli.sync.Stage;
import io.deltaferry.cli.sync.TableProgress;
import io.deltaferry.testing.TypeCase;
import io.deltaferry.testing.TypeTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.assertj.core.api.SoftAssertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Every value of the type table through PostgreSQL, Cloud Storage, a load job and a MERGE, read
 * back by BigQuery's client. The table is held to every rule of the mapping where it is kept.
 */
class AllTypesIT {
  private static final List<TypeCase> CASES = TypeTable.cases();
  private static final int ROWS =
      CASES.stream().mapToInt(type -> type.values().size()).max().orElseThrow();

  private static final List<String> LOSSY_TABLES =
      List.of("lossy_null", "lossy_string", "lossy_fail");

  private static ValueStack stack;

  @BeforeAll
  static void syncEverythingOnce() {
    stack = ValueStack.shared();
    stack.postgres().run(TypeTable.setup().toArray(String[]::new));
    createAllTypes();
    LOSSY_TABLES.forEach(AllTypesIT::createLossy);
    createCasts();
    createTypedKeys();
    assertDone(
        stack.sync("all_types", "lossy_null", "lossy_string", "lossy_fail", "casts", "typed_keys"));
  }

  @Test
  void everyTypeBecomesTheTypeOfTheMapping() {
    List<String> types = new ArrayList<>();
    stack
        .query(
            "SELECT data_type FROM landed.INFORMATION_SCHEMA.COLUMNS"
                + " WHERE table_name = 'all_types' AND STARTS_WITH(column_name, 'v')"
                + " ORDER BY column_name")
        .forEach(row -> types.add(row.get(0)));
    assertThat(types).containsExactlyElementsOf(CASES.stream().map(TypeCase::target).toList());
  }

  @Test
  void everyValueArrives() {
    assertCells(false);
  }

  @Test
  void everyLossIsCounted() throws JsonProcessingException {
    Map<String, Map<String, Long>> expected = new TreeMap<>();
    for (int i = 0; i < CASES.size(); i++) {
      long lost = CASES.get(i).values().stream().filter(TypeCase.Value::lost).count();
      if (lost > 0) {
        String kind = CASES.get(i).target().equals("JSON") ? "rounded" : "clamped";
        expected.put(column(i), Map.of(kind, lost));
      }
    }
    assertThat(expected).hasSizeGreaterThan(6);
    assertThat(losses("all_types", 1)).isEqualTo(expected);
  }

  @Test
  void everyValueCanBecomeNullAndComeBack() {
    String nulls =
        IntStream.range(0, CASES.size())
            .mapToObj(i -> column(i) + " = NULL")
            .collect(joining(", "));
    stack.postgres().run("UPDATE all_types SET changed = clock_timestamp(), " + nulls);
    assertDone(stack.sync("all_types"));
    assertCells(true);

    stack.postgres().run("DELETE FROM all_types", insertAllTypes());
    assertDone(stack.sync("all_types"));
    assertCells(false);
  }

  @Test
  void policyNullStagesNullAndCounts() throws JsonProcessingException {
    assertThat(
            stack.query(
                "SELECT * EXCEPT (changed, _uploaded_at) FROM landed.lossy_null ORDER BY id"))
        .containsExactly(
            List.of(
                "1",
                "2024-02-29",
                "2024-02-29T01:02:03",
                "2024-02-29 01:02:03+00",
                "23:59:59",
                "1.5",
                "1.5",
                "{\"a\":1}",
                "[1]"),
            row("2", null, null, null, null, null, null, null, null),
            row("3", null, null, null, "00:00:00", null, "0", "null", "[]"));
    assertThat(losses("lossy_null", 1))
        .isEqualTo(
            ofKind(
                "nulled",
                Map.of("d", 2L, "ts", 2L, "tz", 2L, "t", 1L, "n", 2L, "m", 1L, "j", 1L, "a", 1L)));
  }

  @Test
  void policyStringKeepsTheExactTextAndLosesNothing() throws JsonProcessingException {
    assertThat(
            stack.query(
                "SELECT * EXCEPT (changed, _uploaded_at) FROM landed.lossy_string ORDER BY id"))
        .containsExactly(
            List.of(
                "1",
                "2024-02-29",
                "2024-02-29 01:02:03",
                "2024-02-29 01:02:03+00",
                "23:59:59",
                "1.500",
                "1.50",
                "{\"a\": 1}",
                "[1]"),
            List.of(
                "2",
                "infinity",
                "-infinity",
                "infinity",
                "24:00:00",
                "NaN",
                "NaN",
                "[12345678901234567890123]",
                "[0.12345678901234567890]"),
            List.of(
                "3",
                "0044-03-15 BC",
                "10000-01-01 00:00:00",
                "10000-01-01 00:00:00+00",
                "00:00:00",
                "0.000000000000000000000000000000000000001",
                "0.00",
                "null",
                "[]"));
    assertThat(losses("lossy_string", 1))
        .isEqualTo(
            ofKind("as_text", Map.of("d", 2L, "ts", 2L, "tz", 2L, "t", 1L, "n", 2L, "m", 1L)));
  }

  @Test
  void policyFailNamesTheColumnsAndWritesNothing() {
    String rows = "SELECT id, d FROM landed.lossy_fail ORDER BY id";
    assertThat(stack.query(rows)).containsExactly(List.of("1", "2024-02-29"));
    stack.postgres().run(insertLossy("lossy_fail"));

    TableProgress failed = stack.sync("lossy_fail").get(0);

    assertThat(failed.stage()).isEqualTo(Stage.FAILED);
    assertThat(Objects.requireNonNull(failed.error()).text())
        .contains("VALUE_REFUSED", "d", "ts", "tz", "n", "m", "j")
        .doesNotContain("infinity")
        .doesNotContain("12345678901234567890123");
    assertThat(stack.query(rows)).containsExactly(List.of("1", "2024-02-29"));

    stack.postgres().run("DELETE FROM lossy_fail WHERE id > 1");
    assertDone(stack.sync("lossy_fail"));
    assertThat(stack.query(rows)).containsExactly(List.of("1", "2024-02-29"));
  }

  @Test
  void aTargetMadeByHandKeepsItsOwnTypes() {
    assertThat(stack.query("SELECT * EXCEPT (changed) FROM landed.casts ORDER BY id"))
        .containsExactly(
            List.of(
                "1",
                "-9223372036854775808",
                "2024-03-10 02:30:00.123456+00",
                "2024-07-01T15:30:00.000001",
                "12345678.9",
                "2024-02-29",
                "2024-02-29T00:00:00",
                "{\"a\":[1,null]}",
                "1",
                "42",
                "-0.0000000001",
                "t"),
            row("2", null, null, null, null, null, null, null, null, null, null, null),
            row("99", "stays", null, null, null, null, null, null, null, null, null, "by hand"));
  }

  @Test
  void keysOfAnyTypeFindTheirRowsAgain() {
    String rows = "SELECT d, ts, tz, t, n, f, b, y, v FROM landed.typed_keys ORDER BY d, n";
    List<List<@Nullable String>> expected =
        List.of(
            typedKey("0001-01-01", "00:00:00", "00:00:00", "-0.0000000001", "4.9E-324", ""),
            typedKey("0001-01-01", "00:00:00", "00:00:00", "0", "0.1", "AP8="),
            typedKey(
                "9999-12-31",
                "23:59:59.999999",
                "23:59:59.999999",
                "99999999999999999999999999.9999999999",
                "Infinity",
                "//8="));
    assertThat(stack.query(rows)).containsExactlyElementsOf(expected);

    stack.postgres().run("UPDATE typed_keys SET v = v + 1, changed = clock_timestamp()");
    assertDone(stack.sync("typed_keys"));
    assertThat(stack.query(rows.replace(", v FROM", ", v - 1 FROM")))
        .containsExactlyElementsOf(expected);
  }

  private static List<@Nullable String> typedKey(
      String date, String clock, String time, String number, String floating, String bytes) {
    return row(
        date,
        date + "T" + clock,
        date + " " + clock + "+00",
        time,
        number,
        floating,
        Boolean.toString(bytes.isEmpty()),
        bytes,
        "1");
  }

  private static void createTypedKeys() {
    stack
        .postgres()
        .run(
            "CREATE TABLE typed_keys (d date, ts timestamp, tz timestamptz, t time, n numeric(36,10),"
                + " f float8, b bool, y bytea, v int,"
                + " changed timestamptz NOT NULL DEFAULT clock_timestamp(),"
                + " PRIMARY KEY (d, ts, tz, t, n, f, b, y))",
            "INSERT INTO typed_keys VALUES ('0001-01-01', '0001-01-01', '0001-01-01 00:00:00+00',"
                + " '0:00', -0.0000000001, 5e-324, true, '', 1),"
                + " ('0001-01-01', '0001-01-01', '0001-01-01 00:00:00+00',"
                + " '0:00', 0, 0.1, false, '\\x00ff', 1),"
                + " ('9999-12-31', '9999-12-31 23:59:59.999999', '9999-12-31 23:59:59.999999+00',"
                + " '23:59:59.999999', 99999999999999999999999999.9999999999, 'Infinity', false,"
                + " '\\xffff', 1)");
  }

  private static void createAllTypes() {
    String columns =
        IntStream.range(0, CASES.size())
            .mapToObj(i -> column(i) + " " + CASES.get(i).declaration())
            .collect(joining(", "));
    stack
        .postgres()
        .run(
            "CREATE TABLE all_types (id bigint PRIMARY KEY,"
                + " changed timestamptz NOT NULL DEFAULT clock_timestamp(), "
                + columns
                + ")",
            insertAllTypes());
  }

  /** One row per place in the lists of values; a type with fewer values has NULL in the rest. */
  private static String insertAllTypes() {
    String columns =
        IntStream.range(0, CASES.size()).mapToObj(AllTypesIT::column).collect(joining(", "));
    String rows =
        IntStream.range(0, ROWS)
            .mapToObj(
                row ->
                    CASES.stream()
                        .map(type -> row < type.values().size() ? literal(type, row) : "NULL")
                        .collect(joining(", ", "(" + row + ", ", ")")))
            .collect(joining(", "));
    return "INSERT INTO all_types (id, " + columns + ") VALUES " + rows;
  }

  private static String literal(TypeCase type, int row) {
    return type.values().get(row).literal() + "::" + type.declaration();
  }

  private static void createLossy(String table) {
    stack
        .postgres()
        .run(
            "CREATE TABLE "
                + table
                + " (id bigint PRIMARY KEY, d date, ts timestamp, tz timestamptz, t time, n numeric,"
                + " m numeric(10,2), j jsonb, a numeric[],"
                + " changed timestamptz NOT NULL DEFAULT clock_timestamp())",
            "INSERT INTO "
                + table
                + " VALUES (1, '2024-02-29', '2024-02-29 01:02:03', '2024-02-29 01:02:03+00',"
                + " '23:59:59', 1.500, 1.5, '{\"a\": 1}', '{1}')");
    if (!table.equals("lossy_fail")) {
      stack.postgres().run(insertLossy(table));
    }
  }

  private static String insertLossy(String table) {
    return "INSERT INTO "
        + table
        + " VALUES (2, 'infinity', '-infinity', 'infinity', '24:00', 'NaN', 'NaN',"
        + " '[12345678901234567890123]', '{0.12345678901234567890}'),"
        + " (3, '0044-03-15 BC', '10000-01-01', '10000-01-01', '0:00', 1e-39, 0, 'null', '{}')";
  }

  private static void createCasts() {
    stack
        .postgres()
        .run(
            "CREATE TABLE casts (id bigint PRIMARY KEY, i bigint, ts timestamp, tz timestamptz,"
                + " n numeric(10,2), d date, dt date, j jsonb, b bool, s text, w numeric(38,10),"
                + " x varchar(3), changed timestamptz NOT NULL DEFAULT clock_timestamp())",
            "INSERT INTO casts VALUES (1, -9223372036854775808, '2024-03-10 02:30:00.123456',"
                + " '2024-07-01 12:00:00.000001-03:30', 12345678.90, '2024-02-29', '2024-02-29',"
                + " '{\"a\": [1, null]}', true, '42', -0.0000000001, 't')",
            "INSERT INTO casts (id) VALUES (2)");
    stack.query(
        "CREATE TABLE landed.casts (id NUMERIC, i STRING, ts TIMESTAMP, tz DATETIME,"
            + " n NUMERIC(12, 2), d STRING, dt DATETIME, j STRING, b INT64, s INT64, w BIGNUMERIC,"
            + " x STRING(10), changed TIMESTAMP)");
    stack.query(
        "INSERT INTO landed.casts (id, i, x, changed) VALUES"
            + " (1, 'old', 'old', TIMESTAMP '2001-01-01 00:00:00+00'),"
            + " (99, 'stays', 'by hand', TIMESTAMP '2001-01-01 00:00:00+00')");
  }

  private static void assertCells(boolean allNull) {
    List<List<@Nullable String>> rows =
        stack.query(
            IntStream.range(0, CASES.size())
                .mapToObj(AllTypesIT::column)
                .collect(joining(", ", "SELECT ", " FROM landed.all_types ORDER BY id")));
    assertThat(rows).hasSize(ROWS);
    SoftAssertions softly = new SoftAssertions();
    for (int i = 0; i < CASES.size(); i++) {
      int column = i;
      List<@Nullable String> found = new ArrayList<>();
      rows.forEach(row -> found.add(row.get(column)));
      List<@Nullable String> expected = new ArrayList<>();
      if (!allNull) {
        CASES.get(i).values().forEach(value -> expected.add(value.cell()));
      }
      while (expected.size() < ROWS) {
        expected.add(null);
      }
      softly.assertThat(found).as(CASES.get(i).declaration()).isEqualTo(expected);
    }
    softly.assertAll();
  }

  private static Map<String, Map<String, Long>> ofKind(String kind, Map<String, Long> counts) {
    Map<String, Map<String, Long>> byKind = new TreeMap<>();
    counts.forEach((column, count) -> byKind.put(column, Map.of(kind, count)));
    return byKind;
  }

  private static Map<String, Map<String, Long>> losses(String table, int seq)
      throws JsonProcessingException {
    String losses =
        stack
            .query(
                "SELECT losses FROM landed_control.sync_runs WHERE table_name = '"
                    + table
                    + "' AND seq = "
                    + seq)
            .get(0)
            .get(0);
    return JsonMapper.builder().build().readValue(losses, new TypeReference<>() {});
  }

  static void assertDone(List<TableProgress> tables) {
    assertThat(tables)
        .allSatisfy(table -> assertThat(table.stage()).as("%s", table).isEqualTo(Stage.DONE));
  }

  private static List<@Nullable String> row(@Nullable String... cells) {
    return Arrays.asList(cells);
  }

  private static String column(int index) {
    return String.format("v%03d", index);
  }
}
