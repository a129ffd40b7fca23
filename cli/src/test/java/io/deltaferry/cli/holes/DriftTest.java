package io.deltaferry.cli.holes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deltaferry.error.ErrorCode;
import io.deltaferry.message.SyncOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The source's columns change between two runs; each test looks at the target before and after. */
@Timeout(180)
class DriftTest {
  private static final List<String> BEFORE =
      List.of(
          "id INT64 NO", "v STRING YES", "updated_at TIMESTAMP YES", "_uploaded_at TIMESTAMP YES");

  /** All but the newest row, which is at the watermark and read again each time. */
  private static final String OLD = "id < 99";

  @Test
  void aNewColumnIsAddedAndOldRowsHaveNull() {
    Line line = synced();
    line.atSource("ALTER TABLE public.%s ADD more int DEFAULT 7");
    assertThat(line.landed.columns()).isEqualTo(BEFORE);
    line.write("second", 2);
    line.sync();
    assertThat(line.landed.columns()).isEqualTo(with("more INT64 YES"));
    assertThat(line.landed.rows("id, more", OLD)).containsExactly("1|null", "2|7");
    assertThat(line.landed.lastReason()).isEqualTo("STATE");
  }

  @Test
  void oldRowsGetTheValuesOfANewColumnOnRequest() {
    Line line = synced("on_new_column: backfill");
    line.atSource("ALTER TABLE public.%s ADD \"More\" int DEFAULT 7");
    line.write("second", 2);
    line.sync();
    assertThat(line.landed.columns()).isEqualTo(with("More INT64 YES"));
    assertThat(line.landed.rows("id, more", OLD)).containsExactly("1|7", "2|7");
    assertThat(line.landed.lastReason()).isEqualTo("COLUMN_ADDED");
    line.write("third", 3);
    line.sync();
    assertThat(line.landed.lastReason()).isEqualTo("STATE");
  }

  /** The first attempt has added the column, and then the merge failed. */
  @Test
  void aBackfillThatFailedIsMadeUpFor() {
    Line line = synced("on_new_column: backfill");
    line.atSource("ALTER TABLE public.%s ADD more int DEFAULT 7");
    line.write("second", 2);
    line.request();
    Instance dying = line.instance().warehouse(Moment.beforeMerge(Moment.DEATH));
    assertThatThrownBy(() -> line.deliver(dying)).isInstanceOf(Moment.Death.class);
    assertThat(line.landed.columns()).isEqualTo(with("more INT64 YES"));
    assertThat(line.landed.rows("id, more", OLD)).containsExactly("1|null");
    line.bus.lose();
    line.bench.clock.forward(Duration.ofHours(2));
    line.sync();
    assertThat(line.landed.rows("id, more", OLD)).containsExactly("1|7", "2|7");
    assertThat(line.end().outcome()).isEqualTo(SyncOutcome.COMPLETED);
  }

  /** Somebody adds it in another spelling, before the source has it. */
  @Test
  void aColumnThatIsThereAlreadyIsFilled() {
    Line line = synced();
    line.bench.query("ALTER TABLE target.%s ADD COLUMN MORE NUMERIC".formatted(line.table));
    line.atSource("ALTER TABLE public.%s ADD more int DEFAULT 7");
    line.write("second", 2);
    line.sync();
    assertThat(line.landed.columns()).isEqualTo(with("MORE NUMERIC YES"));
    assertThat(line.landed.rows("id, more", OLD)).containsExactly("1|null", "2|7");
  }

  @Test
  void aDroppedColumnStaysAndIsNullInRowsThatChange() {
    Line line = synced();
    line.write("second", 2);
    line.sync();
    assertThat(line.landed.rows("id, v", OLD)).containsExactly("1|first", "2|second");
    line.atSource("ALTER TABLE public.%s DROP v");
    line.touch(2);
    line.sync();
    assertThat(line.landed.columns()).isEqualTo(BEFORE);
    assertThat(line.landed.rows("id, v", OLD)).containsExactly("1|first", "2|null");
    // The run before the next one has not filled it either.
    line.touch(1);
    line.sync();
    assertThat(line.landed.rows("id, v", OLD)).containsExactly("1|null", "2|null");
  }

  @Test
  void aColumnThatAPersonAddedIsLeftAlone() {
    Line line = synced();
    line.bench.query("ALTER TABLE target.%s ADD COLUMN note STRING".formatted(line.table));
    line.bench.query("UPDATE target.%s SET note = 'mine' WHERE TRUE".formatted(line.table));
    line.atSource("ALTER TABLE public.%s DROP v");
    line.touch(1);
    line.sync();
    assertThat(line.landed.columns()).isEqualTo(with("note STRING YES"));
    assertThat(line.landed.rows("id, v, note", OLD)).containsExactly("1|null|mine");
  }

  /** Nobody knows who filled a column before the state says so. */
  @Test
  void aColumnOfAnAdoptedTargetIsLeftAlone() {
    Line line = Bench.shared().line();
    line.bench.query(
        """
        CREATE TABLE target.%s (id INT64 NOT NULL, v STRING, old STRING, updated_at TIMESTAMP)"""
            .formatted(line.table));
    line.bench.query(
        """
        INSERT INTO target.%s (id, v, old, updated_at)
        VALUES (1, 'theirs', 'kept', TIMESTAMP '2024-01-01 00:00:00+00')"""
            .formatted(line.table));
    line.write("ours", 1);
    line.sync();
    assertThat(line.landed.rows("id, v, old", OLD)).containsExactly("1|ours|kept");
  }

  @Test
  void aRenamedColumnIsADroppedAndANewOne() {
    Line line = synced();
    line.write("second", 2);
    line.sync();
    line.atSource("ALTER TABLE public.%s RENAME v TO w");
    line.touch(2);
    line.sync();
    assertThat(line.landed.columns()).isEqualTo(with("w STRING YES"));
    assertThat(line.landed.rows("id, v, w", OLD)).containsExactly("1|first|null", "2|null|second");
  }

  @Test
  void anExcludedColumnIsADroppedOne() {
    Line line = synced();
    Line same = line.bench.over(line.table, "source: public." + line.table, "exclude: [v]");
    line.touch(1);
    same.request("without");
    same.deliver(same.instance());
    assertThat(line.landed.rows("id, v", OLD)).containsExactly("1|null");
    assertThat(line.landed.lastReason()).isEqualTo("STATE");
  }

  @Test
  void aNumberOutgrowsItsType() {
    Line line = Bench.shared().line();
    line.atSource("ALTER TABLE public.%s ADD i int, ADD n numeric(6,2), ADD f numeric(6,2)");
    line.atSource("INSERT INTO public.%s (id, i, n, f) VALUES (1, 7, 1.25, 1.5)");
    line.sync();
    assertThat(line.landed.columns())
        .contains("i INT64 YES", "n NUMERIC(6, 2) YES", "f NUMERIC(6, 2) YES");
    line.atSource(
        "ALTER TABLE public.%s ALTER i TYPE numeric(12,3), ALTER n TYPE numeric(12,4), ALTER f TYPE float8");
    line.atSource(
        """
        INSERT INTO public.%s (id, i, n, f) VALUES (2, 123456789.125, 12345678.1234, 1e30)""");
    line.sync();
    assertThat(line.landed.columns())
        .contains("i NUMERIC YES", "n NUMERIC(12, 4) YES", "f FLOAT64 YES");
    assertThat(line.landed.rows("id, i, n, f", OLD))
        .containsExactly("1|7|1.25|1.5", "2|123456789.125|12345678.1234|1.0E30");
    assertThat(line.landed.lastReason()).isEqualTo("STATE");
    line.atSource("ALTER TABLE public.%s ALTER n TYPE numeric(50,20)");
    line.atSource("INSERT INTO public.%s (id, n) VALUES (3, 0.00000000000000000001)");
    line.sync();
    assertThat(line.landed.columns())
        .contains("i NUMERIC YES", "n BIGNUMERIC YES", "f FLOAT64 YES");
    assertThat(line.landed.rows("id, n", OLD)).contains("1|1.25", "3|0.00000000000000000001");
  }

  @Test
  void aRequiredColumnBecomesNullable() {
    Line line = Bench.shared().line();
    line.bench.query(
        """
        CREATE TABLE target.%s (id INT64 NOT NULL, v STRING NOT NULL, updated_at TIMESTAMP NOT NULL)"""
            .formatted(line.table));
    line.atSource("ALTER TABLE public.%s ALTER v SET NOT NULL, ALTER updated_at SET NOT NULL");
    line.write("first", 1);
    line.sync();
    assertThat(line.landed.columns())
        .containsExactly("id INT64 NO", "v STRING NO", "updated_at TIMESTAMP NO");
    line.atSource("ALTER TABLE public.%s ALTER v DROP NOT NULL");
    line.atSource("INSERT INTO public.%s (id) VALUES (2)");
    line.sync();
    assertThat(line.landed.columns())
        .containsExactly("id INT64 NO", "v STRING YES", "updated_at TIMESTAMP NO");
    assertThat(line.landed.rows("id, v", OLD)).containsExactly("1|first", "2|null");
  }

  /** Nothing is written, and the watermark stays: once the type is back, nothing is missing. */
  @Test
  void anotherKindOfTypeFailsWhereItIsToFail() {
    Line line = synced("on_schema_change: fail");
    final List<String> state = line.rows("SELECT TO_JSON_STRING(s) FROM control.state__%s AS s");
    line.atSource("ALTER TABLE public.%s ALTER v TYPE bytea USING v::bytea");
    line.atSource("INSERT INTO public.%s (id) VALUES (2)");
    assertRefused(line, "v: the source's BYTES cannot become the target's STRING");
    assertThat(line.landed.columns()).isEqualTo(BEFORE);
    assertThat(line.rows("SELECT TO_JSON_STRING(s) FROM control.state__%s AS s")).isEqualTo(state);
    line.atSource("ALTER TABLE public.%s ALTER v TYPE text USING 'back'");
    line.sync();
    assertThat(line.landed.rows("id, v", OLD)).containsExactly("1|first", "2|back");
  }

  /** A plan that was made before somebody changed the target. */
  @Test
  void aTargetThatChangesAfterThePlan() {
    Line line = synced();
    line.write("second", 2);
    line.request();
    line.instance().take(line.bus.next(Bus.To.EXTRACTOR));
    line.bench.query("ALTER TABLE target.%s DROP COLUMN v".formatted(line.table));
    line.bench.query("ALTER TABLE target.%s ADD COLUMN v DATE".formatted(line.table));
    assertThatThrownBy(() -> line.deliver(line.instance()))
        .hasMessageContaining("v: the source's STRING cannot become the target's DATE");
    assertThat(line.landed.rows("id", OLD)).containsExactly("1");
  }

  private static List<String> with(String... more) {
    List<String> columns = new ArrayList<>(BEFORE);
    columns.addAll(Arrays.asList(more));
    return columns;
  }

  private static void assertRefused(Line line, String words) {
    line.request();
    assertThatThrownBy(() -> line.deliver(line.instance())).hasMessageContaining(words);
    assertThat(line.end().errorCode()).isEqualTo(ErrorCode.TARGET_INCOMPATIBLE);
  }

  private static Line synced(String... settings) {
    Line line = Bench.shared().line(settings);
    line.write("first", 1);
    line.write("newest", 99);
    line.sync();
    assertThat(line.landed.columns()).isEqualTo(BEFORE);
    assertThat(line.landed.rows("id, v", OLD)).containsExactly("1|first");
    return line;
  }
}
