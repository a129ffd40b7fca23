package io.deltaferry.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltaferry.postgres.CatalogReader;
import io.deltaferry.postgres.CopyRows;
import io.deltaferry.postgres.LogReader;
import io.deltaferry.postgres.PostgresSession;
import io.deltaferry.table.ChangeLog;
import io.deltaferry.table.ChangeLog.Actions;
import io.deltaferry.table.ChangeLog.ContentType;
import io.deltaferry.table.SourceTable;
import io.deltaferry.table.TableSchema;
import io.deltaferry.testing.Golden;
import io.deltaferry.testing.TestPostgres;
import io.deltaferry.type.CursorKind;
import io.deltaferry.type.LossPolicy;
import io.deltaferry.type.MappingOptions;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The statements as text (golden files) and what they do on a real server. */
class ChangesQueryTest {
  private static final PgTable ORDERS = PgTable.of("public", "Orders");
  private static final SourceTable LOG = new SourceTable("public", "Log");
  private static final ChangeLog PLAIN =
      new ChangeLog(LOG, "nr", List.of("key"), "what", null, null, null, List.of(), Actions.USUAL);
  private static final ChangeLog FULL =
      new ChangeLog(
          LOG,
          "nr",
          List.of("key"),
          "what",
          "at",
          new ContentType("about", "it's"),
          "fields",
          List.of("note", "customer_id"),
          new Actions(List.of("a"), List.of("Changed"), List.of("3")));

  private static TestPostgres postgres;

  @BeforeAll
  static void start() {
    postgres = TestPostgres.create();
    postgres.run(
        """
        CREATE TABLE "Orders" (id int PRIMARY KEY, note text, amount numeric, customer_id int)""",
        "INSERT INTO \"Orders\" VALUES (1, 'one', 1.5, 7), (2, 'two', NULL, 7), (3, NULL, 3, 7)",
        """
        CREATE TABLE "Log" (nr bigserial PRIMARY KEY, key text, what text, at timestamp, about text,
          fields text)""",
        """
        INSERT INTO "Log" (key, what, at, about, fields) VALUES
          ('1', 'a', '2026-01-01 00:00', 'it''s', NULL),
          (' 2', 'changed', '2026-01-02 00:00', 'it''s', '["note"]'),
          ('9', '3', '2026-01-03 00:00', 'it''s', NULL),
          ('9', 'a', '2026-01-04 00:00', 'it''s', NULL),
          ('3', 'CHANGED ', '2026-01-05 00:00', 'it''s', '["amount"]'),
          ('8', '3', '2026-01-06 00:00', 'other', NULL)""");
  }

  private static Map<String, DeltaQuery> queries(PostgresSession session) {
    Map<String, DeltaQuery> queries = new TreeMap<>();
    queries.put("plain.sql", query(session, PLAIN, "2", null, null));
    queries.put("full.sql", query(session, FULL, "1", "3", "amount <> 1.5 -- not this"));
    queries.put("everything.sql", query(session, PLAIN, null, null, "id > 1"));
    return queries;
  }

  @Test
  void textsAreTheGoldenOnes() {
    Map<String, String> texts = new TreeMap<>();
    try (PostgresSession session = postgres.open()) {
      queries(session)
          .forEach(
              (name, query) ->
                  texts.put(
                      name,
                      "-- copy\n"
                          + query.copy().sql()
                          + "\n-- high\n"
                          + query.high().orElseThrow()
                          + "\n"));
    }
    Golden.verify("io/deltaferry/sql/changes", texts);
  }

  @Test
  void theyMeanWhatTheySay() {
    try (PostgresSession session = postgres.open()) {
      Map<String, DeltaQuery> queries = queries(session);
      assertThat(copy(session, queries.get("plain.sql")))
          .containsExactly(
              "id,note,amount,customer_id,_df_deleted,_df_deleted_at,_df_marks",
              "2,\"two\",,7,f,,",
              "3,,3,7,f,,",
              "8,,,,t,,",
              "9,,,,t,,");
      assertThat(copy(session, queries.get("full.sql")))
          .as("a filter hides 1 and 2, nobody watches the amount of 3, another's is 8")
          .containsExactly(
              "id,note,amount,customer_id,_df_deleted,_df_deleted_at,_df_marks",
              "1,,,,t,2025-12-31 23:00:00+00,2",
              "2,,,,t,2026-01-01 23:00:00+00,2",
              "9,,,,t,2026-01-02 23:00:00+00,");
      assertThat(copy(session, queries.get("everything.sql")))
          .containsExactly("id,note,amount,customer_id,_df_marks", "2,\"two\",,7,", "3,,3,7,");
      for (DeltaQuery query : queries.values()) {
        assertThat(session.text(query.high().orElseThrow(), "reading the newest entry"))
            .as("of all entries")
            .contains("6");
      }
    }
  }

  /** What surely names another column is left out, and nothing else is. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "NULL",
      value = {
        "note | changed | true",
        "{note,amount} | changed | true",
        "{amount} | changed | false",
        "[\"amount\"] | CHANGED | false",
        "[{\"changed\": {\"fields\": [\"Note\"]}}] | changed | true",
        "[{\"changed\": {\"fields\": [\"Customer\"]}}] | changed | true",
        "Customer id | changed | true",
        "customer_ids | changed | false",
        "footnote | changed | false",
        "gr\\u00f6sse | changed | true",
        "NULL | changed | true",
        "[] | changed | true",
        "{amount} | a | true",
        "{amount} | 3 | true",
        "{amount} | archived | true",
        "{amount} | NULL | true"
      })
  void changesThatCount(@Nullable String fields, @Nullable String action, boolean counts) {
    ChangeLog log =
        new ChangeLog(
            new SourceTable("public", "told"),
            "nr",
            List.of("key"),
            "what",
            null,
            null,
            "fields",
            List.of("note", "customer_id"),
            new Actions(List.of("a"), List.of("changed"), List.of("3")));
    postgres.run(
        "DROP TABLE IF EXISTS told",
        "CREATE TABLE told (nr int, key int, what text, fields text)",
        "INSERT INTO told VALUES (1, 1, %s, %s)".formatted(literal(action), literal(fields)));
    try (PostgresSession session = postgres.open()) {
      assertThat(copy(session, query(session, log, "1", null, null))).hasSize(counts ? 2 : 1);
    }
  }

  /** Not every server folds the case of other letters than ours. */
  @Test
  void otherLettersAreWhateverTheyAre() {
    ChangeLog log =
        new ChangeLog(
            LOG, "nr", List.of("key"), "what", null, null, "f", List.of("Öl_a"), Actions.USUAL);
    LogReading reading = new LogReading(log, CursorKind.BIGINT, List.of(), null, null, null);
    assertThat(new LogEntries(reading, "1").conditions().get(1)).contains("(.l[_ ]a)");
  }

  private static String literal(@Nullable String text) {
    return text == null ? "NULL" : PgLiteral.quote(text);
  }

  /** What is no key of the type is NULL, which is counted, and which no key may be. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "NULL",
      value = {
        "int | text | ' 17 ' | 17",
        "int | text | -17 | -17",
        "int | text | 2147483648 | NULL",
        "int | text | 99999999999999999999999999 | NULL",
        "int | text | 1.0 | NULL",
        "int | text | x; DROP | NULL",
        "int | text | '' | NULL",
        "smallint | bigint | 40000 | NULL",
        "bigint | smallint | 5 | 5",
        "bigint | varchar(30) | 9223372036854775807 | 9223372036854775807",
        "bigint | text | 9223372036854775808 | NULL",
        "numeric | text | 1.50 | 1.50",
        "numeric | text | NaN | NULL",
        "text | int | 5 | 5",
        "varchar(3) | text | a b | a b",
        "char(4) | text | ab | 'ab'",
        "uuid | text | A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11 | a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11",
        "uuid | text | a0eebc999c0b4ef8bb6d6bb9bd380a11 | a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11",
        "uuid | text | a0eebc99 | NULL",
        "date | date | 2026-01-02 | 2026-01-02"
      })
  void keysOfOtherTypes(String key, String told, String value, @Nullable String expected) {
    postgres.run(
        "DROP TABLE IF EXISTS rows, told",
        "CREATE TABLE rows (id %s PRIMARY KEY, note text, customer_id int)".formatted(key),
        "CREATE TABLE told (nr int, key %s, what text)".formatted(told),
        "INSERT INTO told VALUES (1, %s, 'x')".formatted(PgLiteral.quote(value)));
    ChangeLog log =
        new ChangeLog(
            new SourceTable("public", "told"),
            "nr",
            List.of("key"),
            "what",
            null,
            null,
            null,
            List.of(),
            Actions.USUAL);
    try (PostgresSession session = postgres.open()) {
      PgTable rows = PgTable.of("public", "rows");
      ChangesQuery changes = new ChangesQuery(reading(session, log, rows), "1", null);
      DeltaQuery query =
          DeltaQuery.told(
              rows,
              new CatalogReader(session)
                  .describe(rows)
                  .mappings(List.of(), new MappingOptions(Map.of(), false, Set.of("id"))),
              null,
              changes);
      String row = copy(session, query).get(1);
      assertThat(row.substring(0, row.indexOf(',')).replace("\"", ""))
          .isEqualTo(expected == null ? "" : expected);
      LogReader.Doubtful doubtful = new LogReader(session).doubtful(changes);
      assertThat(doubtful.keyless()).isEqualTo(expected == null ? 1 : 0);
      assertThat(doubtful.unknown()).isEqualTo(1);
      assertThat(query.copy().marks()).as("a NULL is refused").isNotEmpty();
    }
  }

  private static DeltaQuery query(
      PostgresSession session,
      ChangeLog log,
      @Nullable String low,
      @Nullable String seen,
      @Nullable String filter) {
    MappingOptions options =
        new MappingOptions(Map.of("amount", LossPolicy.NULL), false, Set.of("id"));
    return DeltaQuery.told(
        ORDERS,
        new CatalogReader(session).describe(ORDERS).mappings(List.of(), options),
        filter,
        new ChangesQuery(reading(session, log, ORDERS), low, seen));
  }

  private static LogReading reading(PostgresSession session, ChangeLog log, PgTable rows) {
    CatalogReader catalog = new CatalogReader(session);
    TableSchema schema = catalog.describe(rows);
    TableSchema entries = catalog.describe(PgTable.of(log.table().schema(), log.table().table()));
    return LogReading.of("t", log, entries, schema, List.of("id"), ZoneId.of("Europe/Berlin"))
        .seen("6", "1");
  }

  private static List<String> copy(PostgresSession session, @Nullable DeltaQuery query) {
    StringBuilder csv = new StringBuilder();
    DeltaQuery copied = Objects.requireNonNull(query);
    try (CopyRows rows = session.copy(copied.copy().sql(), "copying")) {
      for (byte[] row = rows.next(); row != null; row = rows.next()) {
        csv.append(new String(row, StandardCharsets.UTF_8));
      }
    }
    List<String> lines = csv.toString().lines().toList();
    return Stream.concat(lines.stream().limit(1), lines.stream().skip(1).sorted()).toList();
  }
}
