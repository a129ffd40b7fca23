package io.deltaferry.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.deltaferry.error.DeltaferryException;
import io.deltaferry.error.ErrorCode;
import io.deltaferry.postgres.CatalogReader;
import io.deltaferry.postgres.CopyRows;
import io.deltaferry.postgres.PostgresSession;
import io.deltaferry.table.TableSchema;
import io.deltaferry.testing.Golden;
import io.deltaferry.testing.TestPostgres;
import io.deltaferry.type.CursorKind;
import io.deltaferry.type.LossPolicy;
import io.deltaferry.type.MappingOptions;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The statements as text (golden files) and what they do on a real server. */
class DeltaQueryTest {
  private static final PgTable EVENTS = PgTable.of("public", "Events");
  private static final String LOW = "2024-02-01 00:00:00.000001+00";

  private static TestPostgres postgres;

  /**
   * One statement of each kind.
   *
   * @param csv what COPY gives, marks included
   * @param high what the high query gives
   */
  record Case(
      String name,
      DeltaSource source,
      @Nullable String cursor,
      Window window,
      @Nullable String filter,
      MappingOptions options,
      List<String> exclude,
      String csv,
      @Nullable String high) {
    @Override
    public String toString() {
      return name;
    }
  }

  @BeforeAll
  static void start() {
    postgres = TestPostgres.create();
    postgres.run(
        "CREATE TABLE \"Events\" (id int PRIMARY KEY, \"changed At\" timestamptz, day date, amount"
            + " numeric, note text)",
        """
        INSERT INTO "Events" VALUES
          (1, '2024-01-01 00:00:00+00', 'infinity', 1.5, ''),
          (2, '2024-02-01 00:00:00.000001+00', '2024-02-01', NULL, 'x'),
          (3, '2024-03-01 00:00:00+00', '2024-03-01', 2, NULL),
          (4, NULL, NULL, 'NaN', 'no cursor'),
          (5, 'infinity', NULL, 3, 'far')""");
  }

  static List<Case> cases() {
    MappingOptions none = MappingOptions.DEFAULT;
    List<String> small = List.of("day", "amount", "note");
    return List.of(
        new Case(
            "everything.sql",
            EVENTS,
            "changed At",
            Window.ALL,
            null,
            new MappingOptions(Map.of("amount", LossPolicy.NULL), false, Set.of("id")),
            List.of(),
            """
            id,changed At,day,amount,note,_df_marks
            1,2024-01-01 00:00:00+00,9999-12-31,1.5,"",2
            2,2024-02-01 00:00:00.000001+00,2024-02-01,,"x",
            3,2024-03-01 00:00:00+00,2024-03-01,2,,
            4,,,,"no cursor",3 4
            5,9999-12-31 23:59:59.999999+00,,3,"far",1
            """,
            "2024-03-01 00:00:00+00"),
        new Case(
            "increment.sql",
            EVENTS,
            "changed At",
            Window.from(LOW),
            null,
            none,
            small,
            """
            id,changed At,_df_marks
            2,2024-02-01 00:00:00.000001+00,
            3,2024-03-01 00:00:00+00,
            5,9999-12-31 23:59:59.999999+00,0
            """,
            "2024-03-01 00:00:00+00"),
        new Case(
            "filtered.sql",
            EVENTS,
            "changed At",
            Window.from(LOW),
            "id = 2 OR id = 3 -- these",
            none,
            small,
            """
            id,changed At,_df_marks
            2,2024-02-01 00:00:00.000001+00,
            3,2024-03-01 00:00:00+00,
            """,
            "2024-03-01 00:00:00+00"),
        new Case(
            "closed-window.sql",
            EVENTS,
            "changed At",
            new Window(LOW, "2024-03-01 00:00:00+00", null),
            null,
            none,
            small,
            """
            id,changed At,_df_marks
            2,2024-02-01 00:00:00.000001+00,
            """,
            "2024-02-01 00:00:00.000001+00"),
        new Case(
            "up-to.sql",
            EVENTS,
            "changed At",
            new Window(null, LOW, null),
            null,
            none,
            small,
            """
            id,changed At,_df_marks
            1,2024-01-01 00:00:00+00,
            4,,1
            """,
            "2024-01-01 00:00:00+00"),
        new Case(
            "single-column.sql",
            EVENTS,
            null,
            Window.ALL,
            "id < 4",
            none,
            List.of("id", "changed At", "day", "amount"),
            """
            note,_df_row
            "",1
            "x",1
            ,1
            """,
            null),
        new Case(
            "query.sql",
            new PgQuery("SELECT id, \"changed At\"::date AS day FROM \"Events\" -- dates"),
            "day",
            Window.from("2024-02-02"),
            null,
            none,
            List.of(),
            """
            id,day,_df_marks
            3,2024-03-01,
            5,9999-12-31,0
            """,
            "2024-03-01"));
  }

  @Test
  void textsAreTheGoldenOnes() {
    Map<String, String> texts = new TreeMap<>();
    try (PostgresSession session = postgres.open()) {
      for (Case each : cases()) {
        DeltaQuery query = query(session, each);
        texts.put(
            each.name(),
            "-- copy\n"
                + query.copy().sql()
                + query.high().map(sql -> "\n-- high\n" + sql).orElse("")
                + query.refusedCounts().map(sql -> "\n-- refused\n" + sql).orElse("")
                + "\n");
      }
    }
    Golden.verify("io/deltaferry/sql/delta", texts);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void meansWhatItSays(Case each) {
    try (PostgresSession session = postgres.open()) {
      DeltaQuery query = query(session, each);
      assertThat(copy(session, query)).isEqualTo(each.csv());
      assertThat(query.high().flatMap(sql -> session.text(sql, "reading the high cursor")))
          .isEqualTo(Optional.ofNullable(each.high()));
    }
  }

  /** The high text of one run is the low literal of the next, and meets its own row. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "timestamptz | 0001-01-01 00:00:00+00 | 2024-01-01 00:00:00.1+00 | 9999-12-31 23:59:59.999999+00",
        "timestamp | 0001-01-01 00:00:00 | 2024-01-01 00:00:00.123456 | 9999-12-31 23:59:59.999999",
        "date | 0001-01-01 | 2024-02-29 | 9999-12-31",
        "smallint | -32768 | 0 | 32767",
        "integer | -2147483648 | 7 | 2147483647",
        "bigint | -9223372036854775808 | 7 | 9223372036854775807",
        "xid8 | 3 | 4294967296 | 18446744073709551615"
      })
  void aCursorOfEachKindComesBack(String type, String first, String second, String third) {
    PgTable table = PgTable.of("public", "cursor " + type);
    postgres.run(
        "CREATE TABLE " + table.sql() + " (id int, c " + type + ")",
        "INSERT INTO %s VALUES (1, '%s'), (2, '%s'), (3, '%s'), (4, NULL)"
            .formatted(table.sql(), first, second, third));
    assertThat(ids(table, Window.ALL)).isEqualTo("1,2,3,4 high " + third);
    assertThat(ids(table, Window.from(first))).isEqualTo("1,2,3 high " + third);
    assertThat(ids(table, Window.from(second))).isEqualTo("2,3 high " + third);
    assertThat(ids(table, Window.from(third))).isEqualTo("3 high " + third);
    assertThat(ids(table, new Window(second, third, null))).isEqualTo("2 high " + second);
  }

  @Test
  void aLowWatermarkBelowTheTypesRangeReadsEverything() {
    postgres.run(
        "CREATE TABLE low (id int, c smallint)",
        "INSERT INTO low VALUES (1, -32768), (2, NULL)",
        "CREATE TABLE lowest (id int, c xid8)",
        "INSERT INTO lowest VALUES (1, '3')");
    assertThat(ids(PgTable.of("public", "low"), Window.from("-42768"))).startsWith("1 ");
    assertThat(ids(PgTable.of("public", "lowest"), Window.from("-9997"))).startsWith("1 ");
  }

  @Test
  void onlyCursorValuesBecomeLiterals() {
    for (CursorKind kind : CursorKind.values()) {
      assertThatThrownBy(() -> kind.literal("0'; DROP TABLE x; --"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageNotContaining("DROP");
    }
  }

  @Test
  void aCursorMustExistAndOrderChanges() {
    try (PostgresSession session = postgres.open()) {
      TableSchema schema = new CatalogReader(session).describe(EVENTS);
      DeltaferryException missing =
          catchThrowableOfType(DeltaferryException.class, () -> Cursor.of("nope", schema));
      assertThat(missing.code()).isEqualTo(ErrorCode.COLUMN_MISSING);
      assertThat(missing).hasMessageContaining("\"nope\"").hasMessageContaining("changed At");
      DeltaferryException wrong =
          catchThrowableOfType(DeltaferryException.class, () -> Cursor.of("note", schema));
      assertThat(wrong.code()).isEqualTo(ErrorCode.CURSOR_INVALID);
      assertThat(wrong).hasMessageContaining("type text").hasMessageContaining("timestamptz");
      DeltaferryException excluded =
          catchThrowableOfType(
              DeltaferryException.class,
              () -> schema.mappings(List.of("nope"), MappingOptions.DEFAULT));
      assertThat(excluded.code()).isEqualTo(ErrorCode.COLUMN_MISSING);
    }
  }

  private static String ids(PgTable table, Window window) {
    try (PostgresSession session = postgres.open()) {
      DeltaQuery query =
          query(
              session,
              new Case("", table, "c", window, null, MappingOptions.DEFAULT, List.of(), "", null));
      String csv = copy(session, query);
      List<String> ids =
          csv.lines().skip(1).map(line -> line.substring(0, line.indexOf(','))).toList();
      return String.join(",", ids)
          + " high "
          + session.text(query.high().orElseThrow(), "reading the high cursor").orElse("none");
    }
  }

  private static DeltaQuery query(PostgresSession session, Case each) {
    TableSchema schema = new CatalogReader(session).describe(each.source());
    return new DeltaQuery(
        each.source(),
        schema.mappings(each.exclude(), each.options()),
        each.cursor() == null ? null : Cursor.of(each.cursor(), schema),
        each.window(),
        each.filter());
  }

  private static String copy(PostgresSession session, DeltaQuery query) {
    StringBuilder csv = new StringBuilder();
    try (CopyRows rows = session.copy(query.copy().sql(), "copying")) {
      for (byte[] row = rows.next(); row != null; row = rows.next()) {
        csv.append(new String(row, StandardCharsets.UTF_8));
      }
    }
    return csv.toString();
  }
}
