package io.deltaferry.cli.holes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.cloud.bigquery.QueryJobConfiguration;
import com.google.cloud.bigquery.Table;
import com.google.cloud.bigquery.TableId;
import com.google.cloud.bigquery.ViewDefinition;
import io.deltaferry.cli.CommandRun;
import io.deltaferry.error.DeltaferryException;
import io.deltaferry.error.ErrorCode;
import io.deltaferry.message.RunOptions;
import io.deltaferry.message.SyncOutcome;
import io.deltaferry.run.Warehouse;
import io.deltaferry.sql.Statement;
import io.deltaferry.table.MaxDeletes;
import io.deltaferry.table.SyncMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Views beside targets, and what may be in their way. */
@Timeout(180)
class ViewTest {
  private static final Bench BENCH = Bench.shared();

  @Test
  void ofAnAppendedTableTheNewestCopy() {
    Line line = BENCH.line("mode: append", "view: true");
    line.write("first", 1, 2);
    line.sync();
    assertThat(ids(line, "latest")).containsExactly("1", "2");
    line.atSource("DELETE FROM public.%s WHERE id = 1");
    line.write("second", 3);
    line.sync();
    assertThat(line.rows("SELECT id FROM target.%s")).hasSize(4);
    assertThat(line.rows("SELECT CONCAT(CAST(id AS STRING), v) FROM target.latest_%s ORDER BY id"))
        .containsExactly("2first", "3second");
    assertThat(line.rows("SELECT COUNT(DISTINCT _uploaded_at) FROM target.latest_%s"))
        .containsExactly("1");
  }

  @Test
  void ofAnyOtherTheRowsThatTheSourceHas() {
    Line line = synced("view: true");
    assertThat(ids(line, "current")).containsExactly("1", "2", "3");
    line.atSource("DELETE FROM public.%s WHERE id IN (1, 2)");
    line.sync(SyncMode.RECONCILE, RunOptions.deleting(most()));
    assertThat(ids(line, "current")).containsExactly("3");
    assertThat(columns(line)).containsExactly("id", "v", "updated_at", "_uploaded_at");
    line.write("back", 2);
    line.sync();
    assertThat(ids(line, "current")).containsExactly("2", "3");
  }

  /** Whoever reads it sees no row that is marked already. */
  @Test
  void itHidesWhatIsMarkedBeforeAnythingIs() {
    Line line = synced("view: true");
    line.atSource("DELETE FROM public.%s WHERE id = 1");
    List<String> before = new ArrayList<>();
    line.request(SyncMode.RECONCILE, RunOptions.deleting(most()));
    line.deliver(
        line.instance().warehouse(Moment.beforeMerge(() -> before.add(text(line, "current")))));
    assertThat(before).singleElement().asString().contains("_deleted IS NOT TRUE");
    assertThat(ids(line, "current")).containsExactly("2", "3");
  }

  @Test
  void aColumnThatComesAndATypeThatGrows() {
    Line line = synced("view: true");
    line.atSource("ALTER TABLE public.%s ADD COLUMN w int");
    line.write("with", 4);
    line.sync();
    assertThat(columns(line)).contains("w");
    line.atSource("ALTER TABLE public.%s ALTER w TYPE numeric(20)");
    line.atSource("UPDATE public.%s SET w = 12345678901234567890, updated_at = clock_timestamp()");
    line.sync();
    assertThat(line.rows("SELECT DISTINCT w FROM target.current_%s"))
        .containsExactly("12345678901234567890");
  }

  /** A new table in the target's place. */
  @Test
  void itOutlivesTheTableThatItIsOver() {
    Line line = synced("view: true");
    line.atSource("ALTER TABLE public.%s ADD COLUMN n int");
    line.write("with", 4);
    line.sync();
    line.atSource("ALTER TABLE public.%s ALTER n TYPE text USING 'x'");
    line.sync();
    assertThat(line.end().outcome()).as("%s", line.end()).isEqualTo(SyncOutcome.COMPLETED);
    assertThat(line.rows("SELECT DISTINCT n FROM target.current_%s")).containsExactly("x");
  }

  /** Nobody makes it anew. */
  @Test
  void aViewOfSomebodyElseOutlivesItToo() {
    Line line = synced();
    line.atSource("ALTER TABLE public.%s ADD COLUMN n int");
    line.write("with", 4);
    line.sync();
    BENCH.query("CREATE VIEW target.kept_%1$s AS SELECT id FROM target.%1$s".formatted(line.table));
    BENCH.query(
        "CREATE VIEW target.changed_%1$s AS SELECT id, n FROM target.%1$s".formatted(line.table));
    line.atSource("ALTER TABLE public.%s ALTER n TYPE text USING 'x'");
    line.sync();
    assertThat(line.end().outcome()).as("%s", line.end()).isEqualTo(SyncOutcome.COMPLETED);
    assertThat(line.rows("SELECT DISTINCT n FROM target.changed_%s")).containsExactly("x");
    assertThat(ids(line, "kept")).containsExactly("1", "2", "3", "4");
    line.write("after", 5);
    line.sync();
    assertThat(ids(line, "kept")).contains("5");
  }

  /** A table at rest has nothing to be merged. */
  @Test
  void whoeverAsksForItLaterGetsItWithTheNextRun() {
    Line line = synced();
    line.sync();
    line.sync();
    assertThat(line.end().outcome()).as("it is at rest").isEqualTo(SyncOutcome.EMPTY);
    assertThat(exists(line, "current")).isFalse();
    Line asking = BENCH.over(line.table, "source: public." + line.table, "view: true");
    sync(asking, "asking");
    assertThat(ids(asking, "current")).containsExactly("1", "2", "3");
    sync(asking, "again");
    assertThat(asking.end().outcome()).isEqualTo(SyncOutcome.EMPTY);
  }

  /** The same of a copy without rows, which adds none. */
  @Test
  void anEmptySourceHasAViewToo() {
    Line line = BENCH.line("mode: append");
    line.sync();
    Line asking =
        BENCH.over(line.table, "source: public." + line.table, "mode: append", "view: true");
    sync(asking, "asking");
    assertThat(ids(asking, "latest")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE TABLE target.current_%s (id INT64)",
        "CREATE VIEW target.current_%s AS SELECT 1 AS id"
      })
  void aNameThatSomebodyElseHas(String theirs) {
    Line line = BENCH.line("view: true");
    line.write("first", 1);
    BENCH.query(theirs.formatted(line.table));
    assertThatThrownBy(line::sync)
        .hasMessageContaining("target.current_" + line.table + " is a ")
        .hasMessageContaining("set view: false");
    assertThat(line.end().errorCode()).isEqualTo(ErrorCode.VIEW_NAME_TAKEN);
    assertThat(BENCH.clients.bigQuery().getTable(TableId.of("target", line.table))).isNull();
    BENCH.query(
        (theirs.contains("VIEW") ? "DROP VIEW" : "DROP TABLE") + " target.current_" + line.table);
    line.sync();
    assertThat(ids(line, "current")).containsExactly("1");
  }

  /** The rows are merged by then. */
  @Test
  void aNameThatSomebodyTakesMeanwhileIsLeftToThem() {
    Line line = BENCH.line("view: true");
    line.write("first", 1);
    line.request();
    line.deliver(
        line.instance()
            .warehouse(
                Moment.afterMerge(
                    () ->
                        BENCH.query(
                            "CREATE VIEW target.current_%s AS SELECT 7 AS id"
                                .formatted(line.table)))));
    assertThat(line.end().outcome()).as("%s", line.end()).isEqualTo(SyncOutcome.COMPLETED);
    assertThat(ids(line, "current")).containsExactly("7");
    assertThat(line.differences()).isEmpty();
  }

  @Test
  void aViewThatCannotBeMadeFailsNoRun() {
    Line line = BENCH.line("view: true");
    line.write("first", 1, 2);
    line.request();
    line.deliver(line.instance().warehouse(ViewTest::refusingViews));
    assertThat(line.end().outcome()).as("%s", line.end()).isEqualTo(SyncOutcome.COMPLETED);
    assertThat(line.differences()).isEmpty();
    assertThat(exists(line, "current")).isFalse();
    line.sync();
    assertThat(ids(line, "current")).containsExactly("1", "2");
  }

  @Test
  void onceInterruptedItIsMadeAllTheSame() {
    Line line = BENCH.line("view: true");
    line.write("first", 1);
    line.request();
    line.deliverAgainAfterDeath(line.instance().warehouse(Moment.afterMerge(Moment.DEATH)));
    assertThat(ids(line, "current")).containsExactly("1");
  }

  /** It reads as its text says, not as somebody made it read. */
  @Test
  void anEditedTextIsReplacedAndAnEqualOneStays() {
    Line line = synced("view: true");
    long made = table(line, "current").getCreationTime();
    line.write("second", 4);
    line.sync();
    assertThat(table(line, "current").getCreationTime()).isEqualTo(made);
    Table view = table(line, "current");
    view.toBuilder()
        .setDefinition(
            ViewDefinition.of("SELECT * FROM target.%s WHERE id = 1".formatted(line.table)))
        .build()
        .update();
    assertThat(ids(line, "current")).containsExactly("1");
    line.write("third", 5);
    line.sync();
    assertThat(ids(line, "current")).containsExactly("1", "2", "3", "4", "5");
  }

  @Test
  void overATableThatWantsAFilter() {
    String[] filtered = {"partition_by: updated_at", "require_partition_filter: true"};
    Line current = BENCH.line(filtered[0], filtered[1], "view: true");
    current.write("first", 1, 2);
    current.sync();
    current.atSource("DELETE FROM public.%s WHERE id = 1");
    current.sync(SyncMode.RECONCILE, RunOptions.deleting(most()));
    assertThat(ids(current, "current")).containsExactly("2");
    Line latest = BENCH.line(filtered[0], filtered[1], "view: true", "mode: append");
    latest.write("first", 1, 2);
    latest.sync();
    latest.sync();
    assertThat(ids(latest, "latest")).containsExactly("1", "2");
  }

  @Test
  void ofATargetWithAnOddName() {
    Line line = BENCH.line("view: true", "target: target.Open-orders 2");
    line.write("first", 1);
    line.sync();
    assertThat(line.rows("SELECT id FROM `my-shop`.target.`current_Open-orders 2`"))
        .containsExactly("1");
  }

  @Test
  void whatCannotTellItsNewestCopyHasNone() {
    Line line = BENCH.line("mode: append", "view: true");
    BENCH.query(
        "CREATE TABLE target.%s (id INT64, v STRING, updated_at TIMESTAMP)".formatted(line.table));
    line.write("first", 1);
    assertThatThrownBy(line::sync).hasMessageContaining("has no column _uploaded_at");
    assertThat(line.end().errorCode()).isEqualTo(ErrorCode.TARGET_INCOMPATIBLE);
    assertThat(line.rows("SELECT id FROM target.%s")).isEmpty();
  }

  /** In the source it may mean anything. */
  @Test
  void aColumnOfTheSourceThatIsCalledAsOursIs() {
    Line line = BENCH.line("view: true");
    line.atSource("ALTER TABLE public.%s ADD COLUMN _deleted bool");
    line.write("first", 1);
    assertThatThrownBy(line::sync).hasMessageContaining("a column of its own");
    assertThat(line.end().errorCode()).isEqualTo(ErrorCode.NAME_INVALID);
  }

  @Test
  void theDdlMakesIt() throws InterruptedException {
    Line line = BENCH.line("view: true");
    CommandRun ddl =
        CommandRun.of("ddl", "--tables", line.tableFile.toString(), "--source", BENCH.sourceUrl());
    assertThat(ddl.exit()).as(ddl.err()).isZero();
    BENCH.clients.bigQuery().query(QueryJobConfiguration.of(ddl.out()));
    String text = text(line, "current");
    long made = table(line, "current").getCreationTime();
    line.write("first", 1);
    line.sync();
    assertThat(line.end().outcome()).as("%s", line.end()).isEqualTo(SyncOutcome.COMPLETED);
    assertThat(text(line, "current")).isEqualTo(text);
    assertThat(table(line, "current").getCreationTime()).as("it is the same").isEqualTo(made);
    assertThat(ids(line, "current")).containsExactly("1");
  }

  private static Line synced(String... settings) {
    Line line = BENCH.line(settings);
    line.write("first", 1, 2, 3);
    line.sync();
    assertThat(line.end().outcome()).as("%s", line.end()).isEqualTo(SyncOutcome.COMPLETED);
    return line;
  }

  private static void sync(Line line, String request) {
    line.request(request);
    line.deliver(line.instance());
  }

  private static MaxDeletes most() {
    return MaxDeletes.parse("100%");
  }

  private static Warehouse refusingViews(Warehouse warehouse) {
    return new ForwardingWarehouse(warehouse) {
      @Override
      public List<Map<String, @Nullable String>> query(Statement statement) {
        if (statement.text().contains("VIEW `my-shop`.`target`")) {
          throw new DeltaferryException(ErrorCode.WAREHOUSE_REFUSED, "no views today");
        }
        return super.query(statement);
      }
    };
  }

  private static List<String> ids(Line line, String view) {
    return line.rows("SELECT id FROM target." + view + "_%s ORDER BY id");
  }

  private static List<String> columns(Line line) {
    return table(line, "current").getDefinition().getSchema().getFields().stream()
        .map(field -> field.getName())
        .toList();
  }

  private static boolean exists(Line line, String view) {
    return BENCH.clients.bigQuery().getTable(TableId.of("target", view + "_" + line.table)) != null;
  }

  private static Table table(Line line, String view) {
    return BENCH.clients.bigQuery().getTable(TableId.of("target", view + "_" + line.table));
  }

  private static String text(Line line, String view) {
    return table(line, view).<ViewDefinition>getDefinition().getQuery();
  }
}
