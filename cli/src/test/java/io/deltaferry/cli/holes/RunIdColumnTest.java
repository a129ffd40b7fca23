package io.deltaferry.cli.holes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.deltaferry.error.DeltaferryException;
import io.deltaferry.error.ErrorCode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A column of the target that says which run a row comes from. */
@Timeout(180)
class RunIdColumnTest {
  @Test
  void inATargetOfOursFromTheBeginning() {
    Line line = Bench.shared().line("run_id_column: _df_run");
    line.write("first", 1, 2);
    line.sync();
    assertThat(runs(line)).containsExactly(line.table + "/1", line.table + "/1");
    line.write("second", 2);
    line.sync();
    assertThat(runs(line)).containsExactly(line.table + "/1", line.table + "/2");
    assertThat(line.differences()).isEmpty();
  }

  @Test
  void inATargetThatWasMadeWithout() {
    Line without = Bench.shared().line();
    without.write("first", 1, 2);
    without.sync();
    Line line = over(without, "run_id_column: _df_run");
    without.write("second", 2);
    line.request("with");
    line.deliver(line.instance());
    assertThat(runs(line)).containsExactly("null", line.table + "/2");
    assertThat(line.differences()).isEmpty();
  }

  @Test
  void inRowsThatReplaceAllOthers() {
    Line line = Bench.shared().line("mode: replace", "run_id_column: _df_run");
    line.write("first", 1);
    line.sync();
    line.write("second", 2);
    line.sync();
    assertThat(runs(line)).containsExactly(line.table + "/2", line.table + "/2");
  }

  @Test
  void underANameThatTheSourceHas() {
    Line line = Bench.shared().line("run_id_column: V");
    line.write("first", 1);
    line.request();
    DeltaferryException failure =
        catchThrowableOfType(DeltaferryException.class, () -> line.deliver(line.instance()));
    assertThat(failure.code()).isEqualTo(ErrorCode.NAME_INVALID);
    assertThat(failure).hasMessageContaining("\"v\" and \"V\"");
  }

  private static Line over(Line line, String setting) {
    return line.bench.over(line.table, "source: public." + line.table, setting);
  }

  private static List<String> runs(Line line) {
    return line.rows("SELECT _df_run FROM target.%s ORDER BY id");
  }
}
