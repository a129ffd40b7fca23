package io.deltaferry.cli.holes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deltaferry.error.ErrorCode;
import io.deltaferry.message.RunOptions;
import io.deltaferry.message.SyncOutcome;
import io.deltaferry.table.MaxDeletes;
import io.deltaferry.table.SyncMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Partitions come and go; those that come bring rows whose stamps are older than the watermark. */
@Timeout(180)
class PartitionDriftTest {
  private static final String[] NONE = {};

  /** Whichever condition there is, and however the table knows its parts. */
  @ParameterizedTest
  @ValueSource(strings = {"", "filter: id <> 77", "filter: updated_at > '2020-01-01'"})
  void whatAnAttachedPartitionBringsIsRead(String filter) {
    Line line = synced(filter.isEmpty() ? NONE : new String[] {filter});
    attach(line);
    line.write("second", 2);
    line.sync();
    assertThat(line.landed.lastReason()).isEqualTo("TABLE_ATTACHED");
    assertThat(line.differences()).isEmpty();
    line.write("third", 102);
    line.sync();
    assertThat(line.landed.lastReason()).isEqualTo("STATE");
    assertThat(line.differences()).isEmpty();
  }

  /** Another run than an increment knows of it first, and says nothing of the watermark. */
  @Test
  void alsoWhereAnotherModeCameBeforeTheIncrement() {
    Line line = synced();
    attach(line);
    line.sync(SyncMode.WINDOW, RunOptions.between("2026-01-01", "2030-01-01"));
    line.sync();
    assertThat(line.landed.lastReason()).isEqualTo("TABLE_ATTACHED");
    assertThat(line.differences()).isEmpty();
  }

  /** The usual case: it was empty, and its rows are new. */
  @Test
  void aNewPartitionOfNewRowsIsReadFromTheWatermark() {
    Line line = synced();
    line.atSource(
        "CREATE TABLE public.%1$s_b PARTITION OF public.%1$s FOR VALUES FROM (100) TO (200)");
    line.write("new", 101);
    line.sync();
    assertThat(line.landed.lastReason()).isEqualTo("STATE");
    assertThat(line.differences()).isEmpty();
  }

  @Test
  void aTableThatInheritsFromNowOnIsAPartToo() {
    Line line = Bench.shared().line();
    line.atSource(
        "CREATE TABLE public.%1$s_b (note text, LIKE public.%1$s INCLUDING ALL)",
        "INSERT INTO public.%s_b VALUES ('its own', 101, 'old', '2021-01-01')");
    line.write("first", 1);
    line.sync();
    line.atSource("ALTER TABLE public.%1$s_b INHERIT public.%1$s");
    line.sync();
    assertThat(line.landed.lastReason()).isEqualTo("TABLE_ATTACHED");
    assertThat(line.differences()).isEmpty();
    line.atSource("ALTER TABLE public.%s ADD more int DEFAULT 7");
    line.atSource("UPDATE public.%s SET updated_at = clock_timestamp()");
    line.sync();
    assertThat(line.landed.rows("id, v, more")).containsExactly("1|first|7", "101|old|7");
    assertThat(line.landed.columns().toString()).doesNotContain("note");
  }

  /** Rows of old stamps in a table of the source's name that is another one. */
  @Test
  void aTableThatIsMadeAnewIsReadAnew() {
    Line line = Bench.shared().line();
    line.write("first", 1);
    line.sync();
    line.atSource(
        "ALTER TABLE public.%1$s RENAME TO %1$s_old",
        "CREATE TABLE public.%1$s (LIKE public.%1$s_old INCLUDING ALL)",
        "INSERT INTO public.%1$s VALUES (1, 'anew', '2021-01-01'), (2, 'anew', '2021-01-01')");
    line.sync();
    assertThat(line.landed.lastReason()).isEqualTo("TABLE_ATTACHED");
    assertThat(line.differences()).isEmpty();
  }

  /** The run reads it or not; the next one has it. */
  @Test
  void aPartitionThatIsAttachedBetweenPlanAndCopy() {
    Line line = synced();
    line.write("second", 2);
    line.request();
    line.deliver(line.instance().store(Moment.afterObject("plan.json", () -> attach(line))));
    assertThat(line.end().outcome()).isEqualTo(SyncOutcome.COMPLETED);
    assertThat(line.differences()).containsExactly("101", "102");
    line.sync();
    assertThat(line.differences()).isEmpty();
  }

  /** No slice of a copy by blocks has it, and of an increment some have. */
  @Test
  void aPartitionThatIsAttachedBetweenSlices() {
    Line line = sliced();
    line.request();
    line.deliver(
        line.instance().store(Moment.afterObject("slices/0/outcome.json", () -> attach(line))));
    assertThat(line.end().outcome()).isEqualTo(SyncOutcome.COMPLETED);
    assertThat(line.visible().get(0)).hasSizeGreaterThan(2);
    assertThat(line.differences()).containsExactly("101", "102");
    line.sync();
    assertThat(line.landed.lastReason()).isEqualTo("TABLE_ATTACHED");
    assertThat(line.differences()).isEmpty();
  }

  /** Its rows are deleted as far as the source goes, whether they were read or not. */
  @Test
  void aPartitionThatIsDetachedBetweenSlices() {
    Line line = oneSliceRead();
    line.atSource("ALTER TABLE public.%1$s DETACH PARTITION public.%1$s_a");
    line.deliver(line.instance());
    assertThat(line.end().outcome()).as("%s", line.end()).isEqualTo(SyncOutcome.COMPLETED);
    assertGone(line);
  }

  @Test
  void aPartitionThatIsDetachedBetweenPlanAndCopy() {
    Line line = synced();
    line.write("second", 2);
    line.request();
    Runnable detached =
        () -> line.atSource("ALTER TABLE public.%1$s DETACH PARTITION public.%1$s_a");
    line.deliver(line.instance().store(Moment.afterObject("plan.json", detached)));
    assertThat(line.landed.rows("id, v")).containsExactly("1|first", "99|newest");
    assertGone(line);
  }

  @Test
  void aPartitionThatIsDroppedBetweenSlicesEndsTheRun() {
    Line line = oneSliceRead();
    line.atSource("DROP TABLE public.%1$s_a");
    assertThatThrownBy(() -> line.deliver(line.instance()))
        .hasMessageContaining("lost a partition");
    assertThat(line.end().errorCode()).isEqualTo(ErrorCode.SOURCE_CHANGED);
    line.sync();
    assertThat(line.differences()).isEmpty();
  }

  /** What it held while it was away nobody knows. */
  @Test
  void aPartitionThatWasAwayIsReadAnew() {
    Line line = synced();
    line.atSource("ALTER TABLE public.%1$s DETACH PARTITION public.%1$s_a");
    line.atSource(
        "CREATE TABLE public.%1$s_b PARTITION OF public.%1$s FOR VALUES FROM (100) TO (200)");
    line.write("new", 101);
    line.sync();
    line.atSource("UPDATE public.%s_a SET v = 'in silence' WHERE id = 1");
    line.atSource(
        "ALTER TABLE public.%1$s ATTACH PARTITION public.%1$s_a FOR VALUES FROM (0) TO (100)");
    line.sync();
    assertThat(line.landed.lastReason()).isEqualTo("TABLE_ATTACHED");
    assertThat(line.differences()).isEmpty();
  }

  /** ONLY is refused by the database. */
  @Test
  void aColumnOfTheParentIsOneOfAllPartitions() {
    Line line = synced();
    assertThatThrownBy(() -> line.atSource("ALTER TABLE ONLY public.%s ADD more int DEFAULT 7"))
        .hasMessageContaining("must be added to child tables too");
    attach(line);
    line.atSource("ALTER TABLE public.%s ADD more int DEFAULT 7");
    line.sync();
    assertThat(line.landed.rows("id, v, more"))
        .containsExactly("1|first|7", "99|newest|7", "101|old|7", "102|old|7");
  }

  private static void assertGone(Line line) {
    line.sync();
    line.sync(SyncMode.RECONCILE, RunOptions.deleting(MaxDeletes.parse("100%")));
    assertThat(line.end().outcome()).as("%s", line.end()).isEqualTo(SyncOutcome.COMPLETED);
    assertThat(line.differencesOfAlive()).isEmpty();
  }

  /** With its columns in another order, some of which are gone, and rows of old stamps. */
  private static void attach(Line line) {
    line.atSource(
        """
        CREATE TABLE public.%s_b (gone int, updated_at timestamptz DEFAULT now(), v text,
          id int PRIMARY KEY)""",
        "ALTER TABLE public.%s_b DROP gone",
        "INSERT INTO public.%s_b VALUES ('2021-01-01', 'old', 101), ('2021-01-02', 'old', 102)",
        "ALTER TABLE public.%1$s ATTACH PARTITION public.%1$s_b FOR VALUES FROM (100) TO (200)");
  }

  private static Line synced(String... settings) {
    Line line = parted(settings);
    line.write("first", 1);
    line.write("newest", 99);
    line.sync();
    assertThat(line.differences()).isEmpty();
    return line;
  }

  /** A copy by blocks, of several partitions. */
  private static Line sliced() {
    Line line = parted("slice_rows: 100", "parallel_slices: 1");
    line.atSource(
        "CREATE TABLE public.%1$s_c PARTITION OF public.%1$s FOR VALUES FROM (1000) TO (2000)",
        "INSERT INTO public.%s SELECT i, repeat('wide', 100) FROM generate_series(1000, 1299) AS i",
        "INSERT INTO public.%s SELECT i, 'first' FROM generate_series(1, 99) AS i",
        "ANALYZE public.%s");
    return line;
  }

  /** Nobody reads now, so that whatever would wait for readers need not. */
  private static Line oneSliceRead() {
    Line line = sliced();
    line.request();
    line.instance().take(line.bus.next(Bus.To.EXTRACTOR));
    line.instance().take(line.bus.next(Bus.To.EXTRACTOR));
    return line;
  }

  private static Line parted(String... settings) {
    Bench bench = Bench.shared();
    String name = bench.newName();
    Line line = bench.over(name, "source: public." + name, settings);
    line.atSource(
        """
        CREATE TABLE public.%s (id int PRIMARY KEY, v text, updated_at timestamptz DEFAULT now())
        PARTITION BY RANGE (id)""",
        "CREATE TABLE public.%1$s_a PARTITION OF public.%1$s FOR VALUES FROM (0) TO (100)");
    return line;
  }
}
