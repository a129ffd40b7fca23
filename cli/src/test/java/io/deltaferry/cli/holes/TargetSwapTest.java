package io.deltaferry.cli.holes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deltaferry.error.DeltaferryException;
import io.deltaferry.error.ErrorCode;
import io.deltaferry.message.SyncOutcome;
import io.deltaferry.run.Warehouse;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A target that is not the one which the rows of earlier runs went to. */
@Timeout(180)
class TargetSwapTest {
  private static final UnaryOperator<Warehouse> ON = UnaryOperator.identity();
  private static final UnaryOperator<Warehouse> OFF = RuleOff::identity;

  /** What happens between a first sync of the rows 1 to 3 and a last one. */
  private interface Script {
    void play(Line line, UnaryOperator<Warehouse> rule);
  }

  @Test
  void replacedBetweenPlanAndMerge() {
    Script script =
        (line, rule) -> {
          loaded(line, rule);
          replace(line);
          try {
            line.deliver(line.instance().warehouse(rule));
          } catch (DeltaferryException refused) {
            assertThat(refused.code()).isEqualTo(ErrorCode.TARGET_CHANGED);
          }
        };
    assertThat(missing(ON, script)).isEmpty();
    assertThat(missing(OFF, script)).containsExactly("1", "2");
  }

  /** The merger has looked, and its transaction has not begun. */
  @Test
  void replacedWhileItIsMerged() {
    Script script =
        (line, rule) -> {
          loaded(line, rule);
          Instance merging = line.instance().warehouse(rule);
          line.deliver(merging.warehouse(Moment.beforeMerge(() -> replace(line))));
        };
    assertThat(missing(ON, script)).isEmpty();
    assertThat(missing(OFF, script)).containsExactly("1", "2");
  }

  @Test
  void replacedBetweenTwoRuns() {
    Script script = (line, rule) -> replace(line);
    assertThat(missing(ON, script)).isEmpty();
    assertThat(missing(OFF, script)).containsExactly("1", "2");
  }

  @Test
  void droppedBetweenPlanAndMerge() {
    Line line = synced(Line::instance);
    loaded(line, ON);
    List<String> state = state(line);
    line.bench.query("DROP TABLE target." + line.table);
    assertThatThrownBy(() -> line.deliver(line.instance()))
        .isInstanceOf(DeltaferryException.class)
        .hasMessageContaining("target." + line.table + " was dropped after " + line.table + "#2")
        .hasMessageContaining("Ask for the table again");
    assertThat(line.end().outcome()).isEqualTo(SyncOutcome.FAILED);
    assertThat(state(line)).isEqualTo(state);
    line.sync();
    assertThat(line.differences()).isEmpty();
  }

  /**
   * Somebody puts back what the target held before a late commit, and the rows after that: the
   * newest row that is left is newer than one that is missing.
   */
  @Test
  void restoredToWhatItWasBeforeALateCommit() throws SQLException {
    Line line = synced(Line::instance);
    try (Connection late = line.bench.postgres.admin();
        Statement sql = late.createStatement()) {
      late.setAutoCommit(false);
      sql.execute("INSERT INTO public.%s (id, v) VALUES (4, 'late')".formatted(line.table));
      line.write("before", 5);
      line.sync();
      late.commit();
    }
    line.write("after", 6);
    line.sync();
    assertThat(line.differences()).isEmpty();
    line.bench.query("DELETE FROM target.%s WHERE id IN (4, 6)".formatted(line.table));
    line.write("last", 7);
    line.sync();
    assertThat(line.differences()).isEmpty();
  }

  /** The newest row is at the watermark, and read again in any case. */
  private static List<String> missing(UnaryOperator<Warehouse> rule, Script script) {
    Line line = synced(fresh -> fresh.instance().warehouse(rule));
    script.play(line, rule);
    line.write("last", 5);
    line.request();
    line.deliver(line.instance().warehouse(rule));
    assertThat(line.end().outcome()).isEqualTo(SyncOutcome.COMPLETED);
    return line.differences().stream().filter(id -> !id.equals("9")).toList();
  }

  private static Line synced(Function<Line, Instance> instance) {
    Line line = Bench.shared().line();
    line.write("first", 1, 2, 3);
    line.request();
    line.deliver(instance.apply(line));
    assertThat(line.differences()).isEmpty();
    return line;
  }

  /** An increment waits for its merger. */
  private static void loaded(Line line, UnaryOperator<Warehouse> rule) {
    Instance instance = line.instance().warehouse(rule);
    line.write("second", 4);
    line.request();
    instance.take(line.bus.next(Bus.To.EXTRACTOR));
    instance.take(line.bus.next(Bus.To.LOADER));
  }

  /** Somebody else makes it, with a row as new as any. */
  private static void replace(Line line) {
    line.bench.query("DROP TABLE target." + line.table);
    line.bench.query(
        "CREATE TABLE target.%s (id INT64 NOT NULL, v STRING, updated_at TIMESTAMP, _uploaded_at TIMESTAMP)"
            .formatted(line.table));
    line.bench.query(
        "INSERT INTO target.%s (id, v, updated_at) VALUES (9, 'theirs', CURRENT_TIMESTAMP())"
            .formatted(line.table));
  }

  private static List<String> state(Line line) {
    return line.rows("SELECT TO_JSON_STRING(s) FROM control.state__%s AS s");
  }
}
