package io.deltaferry.cli.holes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deltaferry.error.ErrorCode;
import io.deltaferry.message.SyncOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The source's columns change between two runs; each test looks at the target before and after. */
@Timeout(180)
class DriftTest {
  private static final List<String> BEFORE =
      List.of(
          "id INT64 NO", "v STRING YES", "updated_at TIMESTAMP YES", "_uploaded_at TIMESTAMP YES");

  @Test
  void aNewColumnIsAddedAndOldRowsHaveNull() {
    Line line = synced();
    alter(line, "ADD more int DEFAULT 7");
    assertThat(columns(line)).isEqualTo(BEFORE);
    line.write("second", 2);
    line.sync();
    assertThat(columns(line)).isEqualTo(with("more INT64 YES"));
    assertThat(rows(line, "id, more")).containsExactly("1|null", "2|7");
    assertThat(lastReason(line)).isEqualTo("STATE");
  }

  @Test
  void oldRowsGetTheValuesOfANewColumnOnRequest() {
    Line line = synced("on_new_column: backfill");
    alter(line, "ADD \"More\" int DEFAULT 7");
    line.write("second", 2);
    line.sync();
    assertThat(columns(line)).isEqualTo(with("More INT64 YES"));
    assertThat(rows(line, "id, more")).containsExactly("1|7", "2|7");
    assertThat(lastReason(line)).isEqualTo("COLUMN_ADDED");
    line.write("third", 3);
    line.sync();
    assertThat(lastReason(line)).isEqualTo("STATE");
  }

  /** The first attempt has added the column, and then the merge failed. */
  @Test
  void aBackfillThatFailedIsMadeUpFor() {
    Line line = synced("on_new_column: backfill");
    alter(line, "ADD more int DEFAULT 7");
    line.write("second", 2);
    line.request();
    Instance dying = line.instance().warehouse(Moment.beforeMerge(Moment.DEATH));
    assertThatThrownBy(() -> line.deliver(dying)).isInstanceOf(Moment.Death.class);
    assertThat(columns(line)).isEqualTo(with("more INT64 YES"));
    assertThat(rows(line, "id, more")).containsExactly("1|null");
    line.bus.lose();
    line.bench.clock.forward(Duration.ofHours(2));
    line.sync();
    assertThat(rows(line, "id, more")).containsExactly("1|7", "2|7");
    assertThat(line.end().outcome()).isEqualTo(SyncOutcome.COMPLETED);
  }

  /** Somebody adds it in another spelling, before the source has it. */
  @Test
  void aColumnThatIsThereAlreadyIsFilled() {
    Line line = synced();
    line.bench.query("ALTER TABLE target.%s ADD COLUMN MORE NUMERIC".formatted(line.table));
    alter(line, "ADD more int DEFAULT 7");
    line.write("second", 2);
    line.sync();
    assertThat(columns(line)).isEqualTo(with("MORE NUMERIC YES"));
    assertThat(rows(line, "id, more")).containsExactly("1|null", "2|7");
  }

  @Test
  void aDroppedColumnStaysAndIsNullInRowsThatChange() {
    Line line = synced();
    line.write("second", 2);
    line.sync();
    assertThat(rows(line, "id, v")).containsExactly("1|first", "2|second");
    alter(line, "DROP v");
    touch(line, 2);
    line.sync();
    assertThat(columns(line)).isEqualTo(BEFORE);
    assertThat(rows(line, "id, v")).containsExactly("1|first", "2|null");
    // The run before the next one has not filled it either.
    touch(line, 1);
    line.sync();
    assertThat(rows(line, "id, v")).containsExactly("1|null", "2|null");
  }

  @Test
  void aColumnThatAPersonAddedIsLeftAlone() {
    Line line = synced();
    line.bench.query("ALTER TABLE target.%s ADD COLUMN note STRING".formatted(line.table));
    line.bench.query("UPDATE target.%s SET note = 'mine' WHERE TRUE".formatted(line.table));
    alter(line, "DROP v");
    touch(line, 1);
    line.sync();
    assertThat(columns(line)).isEqualTo(with("note STRING YES"));
    assertThat(rows(line, "id, v, note")).containsExactly("1|null|mine");
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
    assertThat(rows(line, "id, v, old")).containsExactly("1|ours|kept");
  }

  @Test
  void aRenamedColumnIsADroppedAndANewOne() {
    Line line = synced();
    line.write("second", 2);
    line.sync();
    alter(line, "RENAME v TO w");
    touch(line, 2);
    line.sync();
    assertThat(columns(line)).isEqualTo(with("w STRING YES"));
    assertThat(rows(line, "id, v, w")).containsExactly("1|first|null", "2|null|second");
  }

  @Test
  void anExcludedColumnIsADroppedOne() {
    Line line = synced();
    Line same = line.bench.over(line.table, "source: public." + line.table, "exclude: [v]");
    touch(line, 1);
    same.request("without");
    same.deliver(same.instance());
    assertThat(rows(line, "id, v")).containsExactly("1|null");
    assertThat(lastReason(line)).isEqualTo("STATE");
  }

  @Test
  void aNumberOutgrowsItsType() {
    Line line = Bench.shared().line();
    alter(line, "ADD i int, ADD n numeric(6,2), ADD f numeric(6,2)");
    line.bench.postgres.run(
        "INSERT INTO public.%s (id, i, n, f) VALUES (1, 7, 1.25, 1.5)".formatted(line.table));
    line.sync();
    assertThat(columns(line)).contains("i INT64 YES", "n NUMERIC(6, 2) YES", "f NUMERIC(6, 2) YES");
    alter(line, "ALTER i TYPE numeric(12,3), ALTER n TYPE numeric(12,4), ALTER f TYPE float8");
    line.bench.postgres.run(
        """
        INSERT INTO public.%s (id, i, n, f) VALUES (2, 123456789.125, 12345678.1234, 1e30)"""
            .formatted(line.table));
    line.sync();
    assertThat(columns(line)).contains("i NUMERIC YES", "n NUMERIC(12, 4) YES", "f FLOAT64 YES");
    assertThat(rows(line, "id, i, n, f"))
        .containsExactly("1|7|1.25|1.5", "2|123456789.125|12345678.1234|1.0E30");
    assertThat(lastReason(line)).isEqualTo("STATE");
    alter(line, "ALTER n TYPE numeric(50,20)");
    line.bench.postgres.run(
        "INSERT INTO public.%s (id, n) VALUES (3, 0.00000000000000000001)".formatted(line.table));
    line.sync();
    assertThat(columns(line)).contains("i NUMERIC YES", "n BIGNUMERIC YES", "f FLOAT64 YES");
    assertThat(rows(line, "id, n")).contains("1|1.25", "3|0.00000000000000000001");
  }

  @Test
  void aRequiredColumnBecomesNullable() {
    Line line = Bench.shared().line();
    line.bench.query(
        """
        CREATE TABLE target.%s (id INT64 NOT NULL, v STRING NOT NULL, updated_at TIMESTAMP NOT NULL)"""
            .formatted(line.table));
    alter(line, "ALTER v SET NOT NULL, ALTER updated_at SET NOT NULL");
    line.write("first", 1);
    line.sync();
    assertThat(columns(line))
        .containsExactly("id INT64 NO", "v STRING NO", "updated_at TIMESTAMP NO");
    alter(line, "ALTER v DROP NOT NULL");
    line.bench.postgres.run("INSERT INTO public.%s (id) VALUES (2)".formatted(line.table));
    line.sync();
    assertThat(columns(line))
        .containsExactly("id INT64 NO", "v STRING YES", "updated_at TIMESTAMP NO");
    assertThat(rows(line, "id, v")).containsExactly("1|first", "2|null");
  }

  /** Nothing is written, and the watermark stays: once the type is back, nothing is missing. */
  @Test
  void anotherKindOfTypeFailsWhereItIsToFail() {
    Line line = synced("on_schema_change: fail");
    final List<String> state = line.rows("SELECT TO_JSON_STRING(s) FROM control.state__%s AS s");
    alter(line, "ALTER v TYPE bytea USING v::bytea");
    line.bench.postgres.run("INSERT INTO public.%s (id) VALUES (2)".formatted(line.table));
    assertRefused(line, "v: the source's BYTES cannot become the target's STRING");
    assertThat(columns(line)).isEqualTo(BEFORE);
    assertThat(line.rows("SELECT TO_JSON_STRING(s) FROM control.state__%s AS s")).isEqualTo(state);
    alter(line, "ALTER v TYPE text USING 'back'");
    line.sync();
    assertThat(rows(line, "id, v")).containsExactly("1|first", "2|back");
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
    assertThat(rows(line, "id")).containsExactly("1");
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
    // The newest row is at the watermark, and read again each time.
    line.write("newest", 99);
    line.sync();
    assertThat(columns(line)).isEqualTo(BEFORE);
    assertThat(rows(line, "id, v")).containsExactly("1|first");
    return line;
  }

  private static void alter(Line line, String what) {
    line.bench.postgres.run("ALTER TABLE public.%s %s".formatted(line.table, what));
  }

  private static void touch(Line line, int id) {
    line.bench.postgres.run(
        "UPDATE public.%s SET updated_at = clock_timestamp() WHERE id = %d"
            .formatted(line.table, id));
  }

  private static List<String> columns(Line line) {
    return line.rows(
        """
        SELECT CONCAT(column_name, ' ', data_type, ' ', is_nullable)
        FROM target.INFORMATION_SCHEMA.COLUMNS WHERE table_name = '%s' ORDER BY ordinal_position""");
  }

  private static List<String> rows(Line line, String columns) {
    return line
        .bench
        .query("SELECT %s FROM target.%s WHERE id < 99 ORDER BY id".formatted(columns, line.table))
        .stream()
        .map(row -> row.values().stream().map(String::valueOf).collect(Collectors.joining("|")))
        .toList();
  }

  private static String lastReason(Line line) {
    return line.rows(
            "SELECT low_reason FROM control.sync_runs WHERE table_name = '%s' ORDER BY seq DESC")
        .get(0);
  }
}
