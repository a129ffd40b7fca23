package io.deltaferry.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltaferry.error.ErrorCode;
import io.deltaferry.message.SyncCompleted;
import io.deltaferry.message.SyncOutcome;
import io.deltaferry.run.RunId;
import io.deltaferry.testing.TestPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Sources that cannot be copied say why, write nothing, and work once they are mended. */
@ExtendWith(BadInputWorld.class)
class BadSourceIT {
  private final World world;
  private final TestPostgres postgres;

  BadSourceIT(World world) {
    this.world = world;
    this.postgres = world.postgres();
  }

  @AfterAll
  static void nothingLeaked(World world) {
    world.assertNothingLeaked();
  }

  @Test
  void aTableWithoutKey() {
    world.create("no_key", "id int NOT NULL, v text, updated_at timestamptz");
    world.assertRefused("no_key", ErrorCode.KEY_MISSING, "\"public\".\"no_key\"", "`key`");
    postgres.run("ALTER TABLE no_key ADD PRIMARY KEY (id)");
    world.assertSyncs("no_key");
  }

  @Test
  void aKeyThatNothingProves() {
    world.create("not_unique", "id int NOT NULL, v text, updated_at timestamptz");
    world.assertRefused("not_unique", ErrorCode.KEY_INVALID, "unique index", "assume_unique");
    postgres.run("CREATE UNIQUE INDEX ON not_unique (id)");
    world.assertSyncs("not_unique");
  }

  @Test
  void aKeyThatIsNoneMovesNoWatermark() {
    world.create("duplicates", "id int, v text, updated_at timestamptz");
    world.assertSyncs("duplicates");
    postgres.run("INSERT INTO duplicates SELECT 2, v, clock_timestamp() FROM duplicates LIMIT 1");
    postgres.run("INSERT INTO duplicates SELECT 2, v, clock_timestamp() FROM duplicates LIMIT 1");
    world.assertRefused(
        "duplicates",
        ErrorCode.KEY_DUPLICATED,
        "a key stands more than once",
        "nothing was written");
    postgres.run(
        "DELETE FROM duplicates d USING duplicates o WHERE d.id = o.id AND d.updated_at < o.updated_at");
    world.assertSyncs("duplicates");
  }

  @Test
  void aKeyThatIsNull() {
    world.create("null_key", "id int, v text, updated_at timestamptz");
    postgres.run("INSERT INTO null_key VALUES (NULL, '" + World.ROW_VALUE + "', now())");
    world.assertRefused("null_key", ErrorCode.VALUE_REFUSED, "\"id\" has 1", "NULL in a key");
    postgres.run("DELETE FROM null_key WHERE id IS NULL");
    world.assertSyncs("null_key");
  }

  @Test
  void aCursorThatDoesNotExist() {
    world.create("no_cursor");
    world.assertRefused(
        "no_cursor", ErrorCode.COLUMN_MISSING, "\"changed_on\" does not exist", "updated_at");
    postgres.run("ALTER TABLE no_cursor ADD changed_on timestamptz DEFAULT now()");
    world.assertSyncs("no_cursor");
  }

  @Test
  void aCursorOfATypeThatOrdersNothing() {
    world.create("text_cursor");
    postgres.run("ALTER TABLE text_cursor ADD stamp text DEFAULT '2026-11-20 00:00:00+00'");
    world.assertRefused(
        "text_cursor", ErrorCode.CURSOR_INVALID, "\"stamp\" has type text", "timestamptz");
    postgres.run(
        "ALTER TABLE text_cursor ALTER stamp DROP DEFAULT",
        "ALTER TABLE text_cursor ALTER stamp TYPE timestamptz USING stamp::timestamptz");
    world.assertSyncs("text_cursor");
  }

  @Test
  void aTypeWithoutMapping() {
    world.create("odd_type");
    postgres.run("ALTER TABLE odd_type ADD transaction xid");
    world.assertRefused(
        "odd_type", ErrorCode.TYPE_UNSUPPORTED, "\"transaction\" has type xid", "unknown_types");
    postgres.run("ALTER TABLE odd_type DROP transaction");
    world.assertSyncs("odd_type");
  }

  @Test
  void anExcludedColumnThatDoesNotExist() {
    world.create("ghost_exclude");
    world.assertRefused("ghost_exclude", ErrorCode.COLUMN_MISSING, "does not have", "ghost");
    postgres.run("ALTER TABLE ghost_exclude ADD ghost text");
    world.assertSyncs("ghost_exclude");
    assertThat(
            world
                .stack()
                .query(
                    "SELECT column_name FROM target.INFORMATION_SCHEMA.COLUMNS"
                        + " WHERE table_name = 'ghost_exclude' ORDER BY ordinal_position"))
        .containsExactly("id", "v", "updated_at", "_uploaded_at");
  }

  @Test
  void columnsThatCollideWithoutCase() {
    world.create("two_cases");
    postgres.run("ALTER TABLE two_cases ADD \"V\" int");
    world.assertRefused("two_cases", ErrorCode.NAME_INVALID, "\"v\" and \"V\" are one name");
    postgres.run("ALTER TABLE two_cases RENAME \"V\" TO w");
    world.assertSyncs("two_cases");
  }

  /** A reason longer than a message's attribute may be, in letters of more than one byte. */
  @Test
  void manyBadNamesInAnotherScript() {
    world.create("long_names");
    List<String> names =
        IntStream.range(0, 60).mapToObj(n -> "\"列の名前がとてもとても長い表の列！" + n + "\"").toList();
    postgres.run(
        "ALTER TABLE long_names "
            + names.stream().map(n -> "ADD " + n + " int").collect(Collectors.joining(", ")));
    world.assertRefused(
        "long_names", ErrorCode.NAME_INVALID, "列の名前がとてもとても長い表の列！0", "signs that BigQuery");
    postgres.run(
        "ALTER TABLE long_names "
            + names.stream().map(n -> "DROP " + n).collect(Collectors.joining(", ")));
    world.assertSyncs("long_names");
  }

  @Test
  void aValueThatBigQueryCannotHoldAndMustNotBeChanged() {
    world.create("refused_value");
    postgres.run(
        "ALTER TABLE refused_value ADD valid_to timestamptz",
        "UPDATE refused_value SET valid_to = 'infinity' WHERE id < 3");
    world.assertRefused(
        "refused_value", ErrorCode.VALUE_REFUSED, "\"valid_to\" has 2", "conversion");
    postgres.run("UPDATE refused_value SET valid_to = NULL");
    world.assertSyncs("refused_value");
  }

  @Test
  void aValueThatBigQueryCannotHoldIsClampedAndCounted() {
    world.create("clamped_value");
    postgres.run(
        "ALTER TABLE clamped_value ADD valid_to timestamptz",
        "UPDATE clamped_value SET valid_to = 'infinity' WHERE id < 3");
    world.assertSyncs("clamped_value");
    assertThat(
            world
                .stack()
                .query("SELECT losses FROM control.sync_runs WHERE table_name = 'clamped_value'")
                .toString()
                .replaceAll("\\s", ""))
        .isEqualTo("[{\"valid_to\":{\"clamped\":2}}]");
    assertThat(
            world
                .stack()
                .query(
                    "SELECT COUNT(*) FROM target.clamped_value"
                        + " WHERE valid_to = TIMESTAMP '9999-12-31 23:59:59.999999+00'"))
        .containsExactly("2");
  }

  @Test
  void aTableThatDoesNotExist() {
    world.assertRefused("missing_source", ErrorCode.SOURCE_MISSING, "\"missing_source\"");
    world.create("missing_source");
    world.assertSyncs("missing_source");
  }

  @Test
  void namesWithQuotesSpacesUpperCaseAndADotWork() {
    postgres.run(
        "CREATE SCHEMA \"Shop \"\"Floor\"\"\"",
        """
        CREATE TABLE "Shop ""Floor\"""."Order.Lines Ää" (
          "Order Id" int, "from" text, "Line#" text, "Changed At" timestamptz,
          PRIMARY KEY ("Order Id", "Line#"))""",
        """
        INSERT INTO "Shop ""Floor\"""."Order.Lines Ää"
        VALUES (1, 'a', 'x''y', '2026-11-01 00:00:00+00'), (1, NULL, 'z', now())""");
    SyncCompleted end = world.stack().sync("odd_names");
    assertThat(end.outcome()).as("%s", end).isEqualTo(SyncOutcome.COMPLETED);
    postgres.run(
        "UPDATE \"Shop \"\"Floor\"\"\".\"Order.Lines Ää\" SET \"from\" = 'b', \"Changed At\" ="
            + " clock_timestamp() WHERE \"from\" = 'a'");
    assertThat(world.stack().sync("odd_names").outcome()).isEqualTo(SyncOutcome.COMPLETED);
    assertThat(
            world
                .stack()
                .query("SELECT `Order Id`, `from`, `Line#` FROM target.odd_names ORDER BY 3"))
        .containsExactly("1|b|x'y", "1|∅|z");
  }

  /** The plan is made from the catalog; the lock holds the copy back until the table is gone. */
  @Test
  void aTableThatIsDroppedAfterItsPlan() throws SQLException {
    world.create("dropped");
    String request = whileLocked("dropped", "DROP TABLE dropped");
    // The catalog or the lock finds it missing, whichever comes first.
    world.assertRefused(
        world.stack().await(request), ErrorCode.SOURCE_MISSING, "\"public\".\"dropped\"");
    assertThat(world.stack().target("dropped")).isEmpty();
    world.create("dropped");
    world.assertSyncs("dropped");
  }

  /** The COPY holds a lock, so whoever drops its table waits for its last row. */
  @Test
  void aTableThatIsDroppedWithinItsCopy() throws InterruptedException {
    world.create("dropped_in_copy");
    postgres.run(
        "INSERT INTO dropped_in_copy SELECT n, md5(n::text), now() FROM generate_series(4, 60000) n");
    Thread drop = new Thread(() -> postgres.run("DROP TABLE public.dropped_in_copy_rows CASCADE"));
    String request;
    try (Gate gate = Gate.shut(postgres)) {
      gate.into("dropped_in_copy", 50_000);
      request = world.stack().request("dropped_in_copy");
      world.stack().awaitObject("parts/dropped_in_copy/1/");
      drop.start();
      Waiting.until(
          "a DROP that waits",
          RunningStack.PATIENCE,
          () ->
              postgres
                  .column(
                      "SELECT count(*) FROM pg_stat_activity"
                          + " WHERE query LIKE 'DROP TABLE public.dropped_in%'"
                          + " AND wait_event_type = 'Lock'")
                  .contains("1"));
    }
    SyncCompleted end = world.stack().await(request);
    drop.join();
    assertThat(end.outcome()).as("%s", end).isEqualTo(SyncOutcome.COMPLETED);
    assertThat(world.stack().query("SELECT COUNT(DISTINCT id) FROM target.dropped_in_copy"))
        .containsExactly("60000");
    world.assertRefused("dropped_in_copy", ErrorCode.SOURCE_MISSING, "no table or view");
  }

  @Test
  void aTableThatIsAlteredAfterItsPlan() throws SQLException {
    world.create("altered");
    String request = whileLocked("altered", "ALTER TABLE altered ADD more int");
    world.assertRefused(
        world.stack().await(request), ErrorCode.SOURCE_CHANGED, "changed after run", "plans anew");
    assertThat(world.stack().target("altered")).isEmpty();
    world.assertSyncs("altered");
  }

  /** In the new file an older snapshot would see no row. */
  @Test
  void aTableThatIsTruncatedAfterItsPlan() throws SQLException {
    world.create("truncated");
    String request =
        whileLocked(
            "truncated",
            "CREATE TEMP TABLE kept AS TABLE truncated; TRUNCATE truncated;"
                + " INSERT INTO truncated TABLE kept");
    world.assertRefused(
        world.stack().await(request),
        ErrorCode.SOURCE_CHANGED,
        "was truncated, rewritten or lost a partition",
        "plans anew");
    assertThat(world.stack().target("truncated")).isEmpty();
    world.assertSyncs("truncated");
  }

  @Test
  void aStrictTableWhoseStampsNothingBounds() {
    world.create("strict_stamps");
    world.assertRefused(
        "strict_stamps",
        ErrorCode.BOUND_UNKNOWN,
        "tables.strict_stamps is strict",
        "neither a default nor a trigger");
    postgres.run("ALTER TABLE strict_stamps ALTER COLUMN updated_at SET DEFAULT now()");
    world.assertSyncs("strict_stamps");
  }

  private String whileLocked(String table, String statement) throws SQLException {
    try (Connection session = postgres.admin();
        Statement sql = session.createStatement()) {
      session.setAutoCommit(false);
      sql.execute("LOCK TABLE " + table + " IN ACCESS EXCLUSIVE MODE");
      String request = world.stack().request(table);
      world.stack().awaitPlan(new RunId(table, 1));
      sql.execute(statement);
      session.commit();
      return request;
    }
  }
}
