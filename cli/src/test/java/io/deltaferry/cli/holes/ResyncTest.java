package io.deltaferry.cli.holes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.cloud.bigquery.TableId;
import io.deltaferry.error.ErrorCode;
import io.deltaferry.message.ExtractRequest;
import io.deltaferry.message.SyncOutcome;
import io.deltaferry.run.Warehouse;
import io.deltaferry.table.SyncMode;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A column's type becomes one of another kind: a new table takes the target's place. */
@Timeout(180)
class ResyncTest {
  private static final String[] OF_TEXT = {"key: [v]", "assume_unique: true"};

  private static final List<String> BEFORE = List.of("1|1", "2|1", "3|1");
  private static final List<String> AFTER = List.of("1|x1", "2|x1", "4|x1");

  /** The old column stays, and nobody fills it any more. */
  @Test
  void aKeyColumnGetsAnotherName() {
    Line line = Bench.shared().line();
    line.write("a", 1, 2);
    line.sync();
    Line renamed =
        Bench.shared()
            .over(line.table, "source: public." + line.table, "columns: {id: {rename: order_id}}");
    renamed.request("renamed");
    renamed.deliver(renamed.instance());
    assertThat(renamed.end().outcome()).as("%s", renamed.end()).isEqualTo(SyncOutcome.COMPLETED);
    renamed.write("b", 2, 3);
    renamed.request("after");
    renamed.deliver(renamed.instance());
    assertThat(renamed.rows("SELECT CONCAT(CAST(order_id AS STRING), v) FROM target.%s ORDER BY 1"))
        .containsExactly("1a", "2b", "3b");
  }

  @Test
  void aNewTableTakesTheTargetsPlace() {
    Line line = synced();
    line.bench.query(
        "ALTER TABLE target.%s SET OPTIONS (description = 'mine', labels = [('managed_by', 'deltaferry'), ('team', 'a')])"
            .formatted(line.table));
    retype(line);
    line.sync();
    assertThat(line.end().outcome()).isEqualTo(SyncOutcome.COMPLETED);
    assertThat(type(line)).isEqualTo("STRING");
    assertThat(line.landed.rows("id, n")).isEqualTo(AFTER);
    assertThat(line.rows(LAST)).containsExactly("replace SCHEMA_CHANGED 3");
    assertThat(line.bench.clients.bigQuery().getTable(TableId.of("target", line.table)).getLabels())
        .containsEntry("team", "a");
    assertThat(
            line.bench
                .clients
                .bigQuery()
                .getTable(TableId.of("target", line.table))
                .getDescription())
        .isEqualTo("mine");
    assertThat(shadows(line)).isEmpty();
    // And on it goes.
    line.atSource("INSERT INTO public.%s (id, n) VALUES (5, 'y')");
    line.sync();
    assertThat(line.landed.rows("id, n")).containsExactly("1|x1", "2|x1", "4|x1", "5|y");
    assertThat(line.rows(LAST).get(0)).startsWith("incremental STATE");
  }

  /** Until one job has replaced it, readers see the old table, and a column that is lost stays. */
  @Test
  void readersSeeTheOldTableOrTheNewOne() {
    Line line = synced();
    line.atSource("ALTER TABLE public.%s ADD gone text DEFAULT 'g'");
    line.atSource("UPDATE public.%s SET updated_at = clock_timestamp()");
    line.sync();
    line.atSource("ALTER TABLE public.%s DROP gone");
    retype(line);
    line.request();
    line.deliver(
        line.instance()
            .warehouse(
                Moment.beforeJob(
                    "df_copy_", () -> assertThat(line.landed.rows("id, n")).isEqualTo(BEFORE)))
            .warehouse(
                Moment.afterJob(
                    "df_copy_", () -> assertThat(line.landed.rows("id, n")).isEqualTo(AFTER))));
    assertThat(line.landed.rows("id, n")).isEqualTo(AFTER);
    assertThat(line.rows("SELECT DISTINCT gone FROM target.%s")).containsExactly("null");
  }

  /** Whoever goes on does what is left, whether the job had been done or not. */
  @ParameterizedTest
  @ValueSource(strings = {"df_fill_", "df_replacing_", "df_copy_", "df_merge_"})
  void anInstanceThatDiesIsFollowedByAnother(String job) {
    for (UnaryOperator<Warehouse> moment :
        List.of(Moment.beforeJob(job, Moment.DEATH), Moment.afterJob(job, Moment.DEATH))) {
      Line line = synced();
      retype(line);
      line.request();
      line.instance().take(line.bus.next(Bus.To.EXTRACTOR));
      drainSlices(line);
      line.instance().take(line.bus.next(Bus.To.LOADER));
      Bus.Delivery merge = line.bus.next(Bus.To.MERGER);
      assertThatThrownBy(() -> line.instance().warehouse(moment).take(merge))
          .isInstanceOf(Moment.Death.class);
      assertThat(line.landed.rows("id, n")).isIn(BEFORE, AFTER);
      line.instance().take(merge);
      assertThat(line.landed.rows("id, n")).isEqualTo(AFTER);
      assertThat(line.end().outcome()).isEqualTo(SyncOutcome.COMPLETED);
      assertThat(line.merged()).containsExactly("1", "2");
    }
  }

  /** Nobody comes back: the next run finds the old table or the new one, and reads everything. */
  @ParameterizedTest
  @ValueSource(strings = {"df_copy_", "df_merge_"})
  void aRunThatIsAbandonedInBetweenIsMadeUpFor(String job) {
    Line line = synced();
    retype(line);
    line.request();
    Instance dying = line.instance().warehouse(Moment.beforeJob(job, Moment.DEATH));
    assertThatThrownBy(() -> line.deliver(dying)).isInstanceOf(Moment.Death.class);
    line.bus.lose();
    line.bench.clock.forward(Duration.ofHours(2));
    line.sync();
    assertThat(line.end().outcome()).isEqualTo(SyncOutcome.COMPLETED);
    assertThat(line.landed.rows("id, n")).isEqualTo(AFTER);
    assertThat(line.merged()).containsExactly("1", "3");
  }

  /** A newer run has merged when an older one comes to replacing the target. */
  @Test
  void aTableThatComesTooLateIsReadOver() {
    Line line = synced();
    retype(line);
    line.request();
    Runnable newer =
        () -> {
          line.bench.clock.forward(Duration.ofHours(2));
          line.atSource("UPDATE public.%s SET n = 'y', updated_at = clock_timestamp()");
          // It takes over what the older one had read, and the one after it reads on.
          line.sync();
          line.sync();
          assertThat(line.landed.rows("id, n")).containsExactly("1|y", "2|y", "4|y");
        };
    line.deliver(line.instance().warehouse(Moment.beforeJob("df_copy_", newer)));
    assertThat(line.landed.rows("id, n")).isEqualTo(AFTER);
    line.sync();
    assertThat(line.landed.rows("id, n")).containsExactly("1|y", "2|y", "4|y");
    assertThat(line.rows(LAST).get(0)).startsWith("incremental DEFINITION_CHANGED");
  }

  /** As text the key was 1.50, and a cast would insert 1.5 beside it. */
  @Test
  void aTextSettingThatIsTakenAwayMakesTheTargetAnew() {
    Bench bench = Bench.shared();
    String name = bench.newName();
    String source = "source: public." + name;
    bench.postgres.run(
        "CREATE TABLE public.%s (n numeric(12,2) PRIMARY KEY, id int, updated_at timestamptz DEFAULT now())"
            .formatted(name),
        "INSERT INTO public.%s (n, id) VALUES (1.5, 1), (2, 2)".formatted(name));
    Line asText = bench.over(name, source, "conversions: {n: string}");
    asText.sync();
    assertThat(asText.landed.rows("id, n")).containsExactly("1|1.50", "2|2.00");
    bench.postgres.run(
        "UPDATE public.%s SET id = 3, updated_at = clock_timestamp() WHERE n = 1.5"
            .formatted(name));
    Line line = bench.over(name, source);
    line.request("without");
    line.deliver(line.instance());
    assertThat(type(line)).isEqualTo("NUMERIC(12, 2)");
    assertThat(line.landed.rows("id, n")).containsExactly("2|2", "3|1.5");
  }

  /** What a person keeps there would be lost. */
  @Test
  void aColumnOfAPersonsKeepsTheTargetAsItIs() {
    Line line = synced();
    line.bench.query("ALTER TABLE target.%s ADD COLUMN note STRING".formatted(line.table));
    retype(line);
    line.request();
    assertThatThrownBy(() -> line.deliver(line.instance()))
        .hasMessageContaining("n: the source's STRING cannot become the target's INT64");
    assertThat(line.end().errorCode()).isEqualTo(ErrorCode.TARGET_INCOMPATIBLE);
    assertThat(line.landed.rows("id, n")).isEqualTo(BEFORE);
  }

  private static final String LAST =
      """
      SELECT CONCAT(mode, ' ', low_reason, ' ', CAST(rows_merged AS STRING))
      FROM control.sync_runs WHERE table_name = '%s' ORDER BY seq DESC LIMIT 1""";

  private static Line synced() {
    Line line = Bench.shared().line();
    line.bench.postgres.run(
        "ALTER TABLE public.%s ADD n int".formatted(line.table),
        "INSERT INTO public.%s (id, n) VALUES (1, 1), (2, 1), (3, 1)".formatted(line.table));
    line.sync();
    assertThat(type(line)).isEqualTo("INT64");
    assertThat(line.landed.rows("id, n")).isEqualTo(BEFORE);
    return line;
  }

  /** The rows keep their stamps, but for one that is new; and one goes. */
  /** Each row would stand there once more. */
  @Test
  void aKeyThatBecomesHashedMakesANewTable() {
    Line line = Bench.shared().line(OF_TEXT);
    line.write("a", 1);
    line.sync();
    Line hashed = withHashedKey(line);
    hashed.request("hashed");
    hashed.deliver(hashed.instance());
    assertThat(line.rows("SELECT id FROM target.%s")).containsExactly("1");
    Line shown = line.bench.over(line.table, "source: public." + line.table, OF_TEXT);
    shown.request("shown");
    shown.deliver(shown.instance());
    assertThat(line.rows("SELECT v FROM target.%s")).containsExactly("a");
  }

  @Test
  void aKeyThatBecomesHashedIsRefusedWhereNoTableMayBeReplaced() {
    Line line = Bench.shared().line(OF_TEXT);
    line.write("a", 1);
    line.sync();
    Line hashed = withHashedKey(line, "on_schema_change: fail");
    hashed.request("hashed");
    assertThatThrownBy(() -> hashed.deliver(hashed.instance()))
        .hasMessageContaining("under other hashes of their keys");
    assertThat(hashed.end().errorCode()).isEqualTo(ErrorCode.TARGET_INCOMPATIBLE);
    hashed.request(new ExtractRequest(line.table, SyncMode.REPLACE, "replaced"));
    hashed.request("after");
    hashed.deliver(hashed.instance());
    assertThat(line.rows("SELECT id FROM target.%s")).containsExactly("1");
  }

  private static Line withHashedKey(Line line, String... settings) {
    return line.bench.over(
        line.table,
        "source: public." + line.table,
        Stream.concat(
                Stream.of(OF_TEXT), Stream.concat(Stream.of("hash: [v]"), Stream.of(settings)))
            .toArray(String[]::new));
  }

  private static void retype(Line line) {
    line.bench.postgres.run(
        "DELETE FROM public.%s WHERE id = 3".formatted(line.table),
        "INSERT INTO public.%s (id, n) VALUES (4, 1)".formatted(line.table),
        "ALTER TABLE public.%s ALTER n TYPE text USING 'x' || n".formatted(line.table));
  }

  private static void drainSlices(Line line) {
    while (line.bus.isNextFor(Bus.To.EXTRACTOR)) {
      line.instance().take(line.bus.next(Bus.To.EXTRACTOR));
    }
  }

  private static String type(Line line) {
    return line.rows(
            """
            SELECT data_type FROM target.INFORMATION_SCHEMA.COLUMNS
            WHERE table_name = '%s' AND column_name = 'n'""")
        .get(0);
  }

  private static List<String> shadows(Line line) {
    return line.rows(
        """
        SELECT table_name FROM staging.INFORMATION_SCHEMA.TABLES
        WHERE STARTS_WITH(table_name, '%s__')""");
  }
}
