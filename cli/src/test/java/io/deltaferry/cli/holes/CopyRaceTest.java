package io.deltaferry.cli.holes;

import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import io.deltaferry.message.RunOptions;
import io.deltaferry.message.SyncOutcome;
import io.deltaferry.table.SyncMode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Copies of all rows, made while sessions write before, during and after their reading. */
@Timeout(180)
class CopyRaceTest {
  /** Rows take their time, so that a copy of them does. */
  private static final String SLOW = "filter: public.dawdle()";

  /** Less than there are, so that a copy which may be read in slices is. */
  private static final String SLICED = "slice_rows: 100";

  @BeforeAll
  static void makeCopiesSlow() {
    Bench.shared()
        .postgres
        .run(
            """
            CREATE FUNCTION public.dawdle() RETURNS boolean LANGUAGE plpgsql VOLATILE AS $$
            BEGIN
              IF current_query() LIKE 'COPY%' THEN
                PERFORM pg_sleep(0.0005);
              END IF;
              RETURN true;
            END $$""");
  }

  /** A row of the target. */
  private record Seen(int id, String version, int amount, String copy) {}

  @Test
  void eachCopyThatIsAddedIsOneMoment() throws Exception {
    Line line = PairWriters.table("mode: append", SLOW, SLICED);
    PairWriters writers = PairWriters.on(line);
    List<Set<String>> gone = new ArrayList<>();
    for (Instance instance : List.of(busy(line, writers), dying(line))) {
      gone.add(writers.gone());
      line.request();
      line.deliverAgainAfterDeath(instance);
      assertCompleted(line);
    }
    writers.stop();
    line.sync();
    List<List<Seen>> copies = copies(line);
    assertThat(copies).hasSize(3);
    for (int copy = 0; copy < 2; copy++) {
      assertThat(torn(copies.get(copy))).isEmpty();
      assertOfSomeMoment(copies.get(copy), gone.get(copy), writers.committed());
    }
    assertThat(versions(copies.get(2))).containsExactlyInAnyOrderElementsOf(source(line));
  }

  @Test
  void aReplacementIsOneMoment() throws Exception {
    Line line = PairWriters.table("mode: replace", SLOW, SLICED);
    PairWriters writers = PairWriters.on(line);
    for (Instance instance : List.of(busy(line, writers), dying(line))) {
      Set<String> gone = writers.gone();
      line.request();
      line.deliverAgainAfterDeath(instance);
      assertCompleted(line);
      assertThat(torn(rows(line))).isEmpty();
      assertOfSomeMoment(rows(line), gone, writers.committed());
    }
    writers.stop();
    line.sync();
    assertThat(line.differences()).isEmpty();
  }

  /** Nobody minds: but each row is there once, and as it was at some moment of the run. */
  @ParameterizedTest
  @ValueSource(strings = {"append", "replace"})
  void aCopyOfManyMomentsHasEachRowAsOfOneOfThem(String mode) throws Exception {
    Line line =
        PairWriters.table("mode: " + mode, "fuzzy: true", "parallel_slices: 1", SLOW, SLICED);
    PairWriters writers = PairWriters.on(line);
    writers.goOn();
    Set<String> gone = writers.gone();
    Set<Integer> there = new HashSet<>(writers.alive());
    line.request();
    line.deliverAgainAfterDeath(
        dying(line).store(Moment.afterObject("slices/0/outcome.json", writers::goOn)));
    assertCompleted(line);
    writers.stop();
    there.retainAll(writers.alive());
    List<Seen> rows = rows(line);
    assertThat(line.visible().get(0)).hasSizeGreaterThan(2);
    assertThat(torn(rows)).as("what two moments show of a pair").isNotEmpty();
    assertOfSomeMoment(rows, gone, writers.committed());
    assertThat(rows.stream().map(Seen::id)).doesNotHaveDuplicates().containsAll(there);
    line.sync();
    List<List<Seen>> copies = copies(line);
    assertThat(versions(copies.get(copies.size() - 1)))
        .containsExactlyInAnyOrderElementsOf(source(line));
  }

  /** It is cut as well, and the next increment brings what changed meanwhile, but for deletions. */
  @Test
  void aReplacementThatIncrementsFollow() throws Exception {
    Line line = PairWriters.table("cursor: updated_at", "clock_margin: 0s", SLOW, SLICED);
    PairWriters writers = PairWriters.on(line);
    line.request(SyncMode.REPLACE, RunOptions.NONE);
    line.deliverAgainAfterDeath(
        dying(line).store(Moment.afterObject("slices/0/outcome.json", writers::goOn)));
    assertCompleted(line);
    assertThat(line.visible().get(0)).hasSizeGreaterThan(2);
    writers.stop();
    line.sync();
    assertThat(versions(rows(line))).containsAll(source(line));
    line.sync(SyncMode.REPLACE, RunOptions.NONE);
    assertThat(line.differences()).isEmpty();
  }

  /** The writers go on from each step to the next. */
  private static Instance busy(Line line, PairWriters writers) {
    return line.instance()
        .store(Moment.afterObject("plan.json", writers::goOn))
        .store(Moment.beforeObject("outcome.json", writers::goOn))
        .warehouse(Moment.beforeLoad(writers::goOn))
        .warehouse(Moment.beforeMerge(writers::goOn))
        .warehouse(Moment.afterMerge(writers::goOn));
  }

  /** Dies once in each service: with parts that nobody names, a load, and a merge untold. */
  private static Instance dying(Line line) {
    return line.instance()
        .store(Moment.beforeObject("outcome.json", Moment.DEATH))
        .warehouse(Moment.afterLoad(Moment.DEATH))
        .warehouse(Moment.afterMerge(Moment.DEATH));
  }

  private static void assertCompleted(Line line) {
    assertThat(line.end().outcome()).as("%s", line.end()).isEqualTo(SyncOutcome.COMPLETED);
  }

  /** What no single moment shows: too many or few rows, one without its partner, another sum. */
  private static List<String> torn(Collection<Seen> rows) {
    List<String> torn = new ArrayList<>();
    if (rows.size() != PairWriters.ROWS) {
      torn.add(rows.size() + " rows");
    }
    Map<Integer, Integer> sums = new HashMap<>();
    Map<Integer, Integer> partners = new HashMap<>();
    for (Seen row : rows) {
      sums.merge(row.id() % PairWriters.APART, row.amount(), Integer::sum);
      partners.merge(row.id() % PairWriters.APART, 1, Integer::sum);
    }
    sums.forEach(
        (pair, sum) -> {
          if (sum != PairWriters.SUM || partners.getOrDefault(pair, 0) != 2) {
            torn.add("pair %d of %d rows: %d".formatted(pair, partners.get(pair), sum));
          }
        });
    return torn;
  }

  /** Each row was committed, and had not gone before the run began. */
  private static void assertOfSomeMoment(
      Collection<Seen> rows, Set<String> gone, Set<String> committed) {
    assertThat(versions(rows)).doesNotContainAnyElementsOf(gone);
    assertThat(committed).containsAll(versions(rows));
  }

  private static List<String> versions(Collection<Seen> rows) {
    return rows.stream().map(Seen::version).toList();
  }

  private static List<String> source(Line line) {
    return line
        .bench
        .postgres
        .column("SELECT concat_ws('=', id, v) FROM public." + line.table)
        .stream()
        .map(String::valueOf)
        .toList();
  }

  private static List<Seen> rows(Line line) {
    return line.bench.query("SELECT id, v, amount, _uploaded_at FROM target." + line.table).stream()
        .map(
            row ->
                new Seen(
                    Integer.parseInt(String.valueOf(row.get("id"))),
                    row.get("id") + "=" + row.get("v"),
                    Integer.parseInt(String.valueOf(row.get("amount"))),
                    String.valueOf(row.get("_uploaded_at"))))
        .toList();
  }

  /** The rows of each copy, the oldest first. */
  private static List<List<Seen>> copies(Line line) {
    return rows(line).stream().collect(groupingBy(Seen::copy)).entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(Map.Entry::getValue)
        .toList();
  }
}
