package io.deltaferry.cli.holes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deltaferry.error.ErrorCode;
import io.deltaferry.message.BackfillOptions;
import io.deltaferry.message.ExtractRequest;
import io.deltaferry.message.RunOptions;
import io.deltaferry.message.SyncCompleted;
import io.deltaferry.message.SyncOutcome;
import io.deltaferry.sql.Statement;
import io.deltaferry.table.PeriodOrder;
import io.deltaferry.table.SyncMode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A history of five days, and a target that lacks some of it. */
@Timeout(180)
class BackfillTest {
  private static final RunOptions STOP = RunOptions.NONE.with(BackfillOptions.STOP);
  private static final int ROWS_A_DAY = 300;
  private static final String HOLES = "day = '2026-03-02' OR day = '2026-03-04'";
  private static final String HALF = "day = '2026-03-03' AND MOD(id, 2) = 0";

  /** Two days are missing, and half of the one between them. */
  @Test
  void gapsAreFilledTheNewestFirstAndTheSecondTimeNothing() {
    Line line = synced("slice_rows: 100");
    lose(line, HOLES, HALF);
    assertThat(line.differences()).hasSize(2 * ROWS_A_DAY + ROWS_A_DAY / 2);
    List<String> before = line.rows("SELECT next_low FROM control.state__%s");
    backfill(line, "first");
    assertThat(days(line)).containsExactly("2026-03-04", "2026-03-03", "2026-03-02");
    assertThat(line.answers("first"))
        .as("%s", line.bus.ends())
        .extracting(SyncCompleted::outcome)
        .containsExactly(SyncOutcome.COMPLETED);
    assertThat(line.differences()).isEmpty();
    assertThat(line.visible()).as("a large day is cut").anyMatch(slices -> slices.size() == 3);
    assertThat(line.rows("SELECT next_low FROM control.state__%s")).isEqualTo(before);
    assertThat(
            line.rows(
                """
                SELECT CONCAT(CAST(day AS STRING), '/', CAST(row_count AS STRING), '/', newest, '/',
                  CAST(finished AS STRING), '/', CAST(periods_left AS STRING))
                FROM control.sync_backfill WHERE table_name = '%s' ORDER BY day"""))
        .containsExactly(
            "2026-03-02/300/2026-03-02 19:56:00+00/true/0",
            "2026-03-03/300/2026-03-03 19:56:00+00/true/1",
            "2026-03-04/300/2026-03-04 19:56:00+00/true/2");
    backfill(line, "second");
    assertThat(line.end().outcome()).isEqualTo(SyncOutcome.EMPTY);
    assertThat(line.end().requestId()).isEqualTo("second");
    assertThat(days(line)).hasSize(3);
  }

  @Test
  void aTargetThatAsksForAFilterIsCountedToo() {
    Line line = synced("partition_by: updated_at", "require_partition_filter: true");
    line.bench.query(
        "DELETE FROM target.%s WHERE DATE(day) = '2026-03-02' AND updated_at > '2000-01-01'"
            .formatted(line.table));
    backfill(line, "first");
    assertThat(days(line)).containsExactly("2026-03-02");
    backfill(line, "second");
    assertThat(line.end().outcome()).isEqualTo(SyncOutcome.EMPTY);
  }

  /** The source may have a column of the name by which rows are marked. */
  @Test
  void columnsOfTheSourceAreNoMarks() {
    for (String type : List.of("text", "boolean")) {
      Line line = history("");
      line.atSource("ALTER TABLE public.%s ADD _deleted " + type);
      line.atSource(
          "UPDATE public.%s SET _deleted = 'true' WHERE id % 2 = 0".replace(" % ", " %% "));
      line.sync();
      backfill(line, "first");
      assertThat(line.end().outcome()).as("%s", line.end()).isEqualTo(SyncOutcome.EMPTY);
    }
  }

  /** What lies between days that the target has makes answers wrong that look right. */
  @Test
  void gapsInTheMiddleComeFirst() {
    Line line = synced("slice_rows: 100");
    lose(line, "day = '2026-03-05' OR day = '2026-03-01' OR day = '2026-03-03'");
    line.sync(
        SyncMode.BACKFILL,
        RunOptions.NONE.with(new BackfillOptions(PeriodOrder.OLDEST, null, false)));
    assertThat(days(line)).containsExactly("2026-03-03", "2026-03-01", "2026-03-05");
    assertThat(line.differences()).isEmpty();
  }

  /** The target does not exist yet; week by week, from the oldest on, between two ends. */
  @Test
  void aHistoryIsBuiltFromNothing() {
    Line line = history("period: week, order: oldest");
    line.sync(SyncMode.BACKFILL, RunOptions.between("2026-03-01", "2026-03-04T12:00:00Z"));
    assertThat(windows(line))
        .as("a week begins on Monday, which was the second")
        .containsExactly(
            "2026-03-01 00:00:00.000000+00 2026-03-02 00:00:00.000000+00",
            "2026-03-02 00:00:00.000000+00 2026-03-04 12:00:00.000000+00");
    line.sync(SyncMode.BACKFILL, RunOptions.NONE);
    assertThat(line.differences()).isEmpty();
    assertThat(days(line)).endsWith("2026-03-02").hasSize(3);
  }

  /** After each commit, and before anybody was told; every day is read once. */
  @Test
  void whatIsKilledGoesOn() {
    Line line = synced();
    lose(line, HOLES, HALF);
    line.request(new ExtractRequest(line.table, SyncMode.BACKFILL, "killed"));
    line.deliverAgainAfterDeath(
        line.instance()
            .warehouse(Moment.afterMerge(Moment.DEATH))
            .store(Moment.afterObject("end.json", Moment.DEATH)));
    assertThat(line.differences()).isEmpty();
    assertThat(days(line)).containsExactly("2026-03-04", "2026-03-03", "2026-03-02");
    assertThat(line.answers("killed")).isNotEmpty();
  }

  /** A message may come again at any time, also when the whole backfill is over. */
  @Test
  void whatIsToldTwiceIsAskedOnce() {
    Line line = synced();
    lose(line, HOLES, HALF);
    backfill(line, "twice");
    int runs = line.merged().size();
    backfill(line, "twice");
    line.request(
        new ExtractRequest(
            line.table,
            SyncMode.BACKFILL,
            "twice~2",
            RunOptions.NONE.with(BackfillOptions.after(null, 2))));
    line.deliver(line.instance());
    assertThat(line.merged()).hasSize(runs);
    assertThat(line.differences()).isEmpty();
  }

  /** Both of them get their answer when nothing is missing any more. */
  @Test
  void twoAtOnceShareTheWork() {
    Line line = synced();
    lose(line, HOLES, HALF);
    line.request(new ExtractRequest(line.table, SyncMode.BACKFILL, "one"));
    line.request(new ExtractRequest(line.table, SyncMode.BACKFILL, "other"));
    line.deliver(line.instance());
    assertThat(days(line)).hasSize(3).doesNotHaveDuplicates();
    assertThat(line.answers("one")).hasSize(1);
    assertThat(line.answers("other")).hasSize(1);
    assertThat(line.differences()).isEmpty();
  }

  /** An increment that is due meanwhile has its turn before the next day. */
  @Test
  void othersGetTheirTurnBetweenTwoDays() {
    Line line = synced();
    lose(line, HOLES, HALF);
    line.request(new ExtractRequest(line.table, SyncMode.BACKFILL, "long"));
    line.deliver(
        line.instance()
            .warehouse(
                Moment.beforeMerge(
                    () -> {
                      write(line, "2026-03-04", 9_001);
                      line.request("tick-1");
                    })));
    assertThat(line.rows("SELECT mode FROM control.sync_runs WHERE table_name = '%s' ORDER BY seq"))
        .containsExactly("incremental", "backfill", "incremental", "backfill", "backfill");
    assertThat(line.answers("long")).hasSize(1);
    assertThat(line.differences()).isEmpty();
  }

  /** Rows that come into days that were read already; what is found is read once, so it ends. */
  @Test
  void writersAreSeenTheNextTime() {
    Line line = synced();
    lose(line, HOLES);
    line.request(new ExtractRequest(line.table, SyncMode.BACKFILL, "beside"));
    line.deliver(
        line.instance()
            .warehouse(
                Moment.afterMerge(
                    () -> {
                      write(line, "2026-03-04", 9_002);
                      touch(line, 1);
                    })));
    assertThat(days(line)).containsExactly("2026-03-04", "2026-03-02");
    backfill(line, "after");
    assertThat(days(line).subList(2, 4)).containsExactly("2026-03-04", "2026-03-01");
    assertThat(line.differences()).isEmpty();
  }

  @Test
  void itStopsBetweenTwoDaysAndIsAskedAgain() {
    Line line = synced();
    lose(line, HOLES, HALF);
    line.request(new ExtractRequest(line.table, SyncMode.BACKFILL, "stopped"));
    line.deliver(
        line.instance().warehouse(Moment.beforeMerge(() -> line.request(SyncMode.BACKFILL, STOP))));
    assertThat(days(line)).containsExactly("2026-03-04");
    assertThat(line.answers("stopped"))
        .extracting(SyncCompleted::outcome)
        .containsExactly(SyncOutcome.EMPTY);
    backfill(line, "again");
    assertThat(days(line)).containsExactly("2026-03-04", "2026-03-03", "2026-03-02");
    assertThat(line.differences()).isEmpty();
  }

  /** It was asked for before the stop, and would begin after it. */
  @Test
  void whatWaitsIsStoppedToo() {
    Line line = synced();
    lose(line, HOLES);
    line.request("live");
    line.deliver(
        line.instance()
            .warehouse(
                Moment.beforeMerge(
                    () -> {
                      Instance other = line.instance();
                      line.request(new ExtractRequest(line.table, SyncMode.BACKFILL, "waits"));
                      other.take(line.bus.next(Bus.To.EXTRACTOR));
                      line.bench.clock.forward(Duration.ofSeconds(1));
                      line.request(SyncMode.BACKFILL, STOP);
                      other.take(line.bus.next(Bus.To.EXTRACTOR));
                      line.bench.clock.forward(Duration.ofSeconds(1));
                    })));
    assertThat(days(line)).isEmpty();
    assertThat(line.answers("waits"))
        .extracting(SyncCompleted::outcome)
        .containsExactly(SyncOutcome.EMPTY);
    backfill(line, "again");
    assertThat(line.differences()).isEmpty();
  }

  /** Counting takes long, and the run has no plan yet. */
  @Test
  void aStopWhileItCountsIsHeard() {
    Line line = synced();
    lose(line, HOLES);
    line.sync(SyncMode.BACKFILL, STOP);
    line.request(new ExtractRequest(line.table, SyncMode.BACKFILL, "counting"));
    line.deliver(
        line.instance()
            .store(
                Moment.beforeObject(
                    "plan.json",
                    () -> {
                      line.bench.clock.forward(Duration.ofSeconds(1));
                      line.request(SyncMode.BACKFILL, STOP);
                      line.instance().take(line.bus.next(Bus.To.EXTRACTOR));
                      line.bench.clock.forward(Duration.ofSeconds(1));
                    })));
    assertThat(days(line)).containsExactly("2026-03-04");
    assertThat(line.answers("counting"))
        .extracting(SyncCompleted::outcome)
        .containsExactly(SyncOutcome.EMPTY);
  }

  @Test
  void aDayThatFailsEndsItAndTheNextTimeItGoesOn() {
    Line line = synced("conversions: {updated_at: fail}");
    lose(line, HOLES, HALF);
    line.atSource("UPDATE public.%s SET updated_at = 'infinity' WHERE id = 601");
    line.request(new ExtractRequest(line.table, SyncMode.BACKFILL, "failing"));
    assertThatThrownBy(() -> line.deliver(line.instance())).hasMessageContaining("updated_at");
    assertThat(days(line)).containsExactly("2026-03-04");
    assertThat(line.answers("failing"))
        .extracting(SyncCompleted::errorCode)
        .containsExactly(ErrorCode.VALUE_REFUSED);
    line.atSource("UPDATE public.%s SET updated_at = now() WHERE id = 601");
    backfill(line, "mended");
    assertThat(days(line)).containsExactly("2026-03-04", "2026-03-03", "2026-03-02");
    assertThat(line.differences()).isEmpty();
  }

  /** They lie in no day, and are read last. */
  @Test
  void rowsWithoutADateAreTheLast() {
    Line line = synced();
    line.atSource("UPDATE public.%s SET day = NULL WHERE id <= 3");
    line.atSource("UPDATE public.%s SET day = 'infinity' WHERE id = 4");
    line.atSource("UPDATE public.%s SET day = '0044-03-15 BC' WHERE id = 5");
    lose(line, "id <= 5 OR day = '2026-03-02'");
    backfill(line, "undated");
    assertThat(days(line)).containsExactly("2026-03-02", "null");
    assertThat(
            line.rows(
                "SELECT rows_merged FROM control.sync_runs WHERE table_name = '%s' AND mode = 'backfill' ORDER BY seq"))
        .containsExactly("300", "6");
    assertThat(line.differences()).isEmpty();
  }

  @Test
  void aColumnThatIsNoDateIsRefused() {
    Line line = history("column: v");
    assertThatThrownBy(() -> backfill(line, "text"))
        .hasMessageContaining("a backfill goes by a date or a time")
        .hasMessageContaining("type text");
    assertThat(line.answers("text"))
        .extracting(SyncCompleted::errorCode)
        .containsExactly(ErrorCode.CURSOR_INVALID);
  }

  private static void backfill(Line line, String id) {
    line.request(new ExtractRequest(line.table, SyncMode.BACKFILL, id));
    line.deliver(line.instance());
  }

  /** Five days by a date column, from the first of March on; nothing is synced. */
  private static Line history(String backfill, String... settings) {
    Bench bench = Bench.shared();
    String name = bench.newName();
    bench.postgres.run(
        """
        CREATE TABLE public.%1$s
          (id int PRIMARY KEY, v text, day timestamptz, updated_at timestamptz DEFAULT now());
        INSERT INTO public.%1$s
        SELECT i, 'v' || i, timestamptz '2026-03-01 00:00:00+00' + i / %2$d * interval '1 day'
          + i %% %2$d * interval '4 minutes'
        FROM generate_series(0, 5 * %2$d - 1) AS i;
        ANALYZE public.%1$s"""
            .formatted(name, ROWS_A_DAY));
    String group =
        backfill.contains("column")
            ? backfill
            : "column: day" + (backfill.isEmpty() ? "" : ", ") + backfill;
    String[] all = new String[settings.length + 2];
    all[0] = "backfill: {" + group + "}";
    all[1] = "lateness: 0s";
    System.arraycopy(settings, 0, all, 2, settings.length);
    return bench.over(name, "source: public." + name, all);
  }

  private static Line synced(String... settings) {
    Line line = history("", settings);
    line.sync();
    assertThat(line.end().outcome()).as("%s", line.end()).isEqualTo(SyncOutcome.COMPLETED);
    return line;
  }

  /** Rows of the target get lost, as if they had never come. */
  private static void lose(Line line, String... conditions) {
    for (String condition : conditions) {
      String sql =
          "DELETE FROM target.%s WHERE %s"
              .formatted(line.table, condition.replace("day =", "DATE(day) ="));
      line.bench.warehouse.runScript(
          "lose_" + line.table + "_" + Integer.toHexString(condition.hashCode()),
          new Statement(sql, Map.of()));
    }
  }

  private static void write(Line line, String day, int id) {
    line.atSource(
        "INSERT INTO public.%s VALUES (" + id + ", 'new', '" + day + "', clock_timestamp())");
  }

  private static void touch(Line line, int id) {
    line.atSource(
        "UPDATE public.%s SET v = 'touched', updated_at = clock_timestamp() WHERE id = " + id);
  }

  /** The first days of the periods that were read, in order. */
  private static List<String> days(Line line) {
    return windows(line).stream().map(window -> window.split(" ", 2)[0]).toList();
  }

  private static List<String> windows(Line line) {
    return line.rows(
        "SELECT CONCAT(COALESCE(low, 'null'), ' ', COALESCE(until, 'null')) FROM control.sync_runs"
            + " WHERE table_name = '%s' AND mode = 'backfill' ORDER BY seq");
  }
}
