package io.deltaferry.cli.holes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deltaferry.error.ErrorCode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A view, or a query, shows other columns than it did. */
@Timeout(180)
class ViewDriftTest {
  private static final String OLD = "id < 99";

  private static final List<String> BEFORE =
      List.of(
          "id INT64 NO", "v STRING YES", "updated_at TIMESTAMP YES", "_uploaded_at TIMESTAMP YES");

  /** By what the rows are read. */
  enum Source {
    VIEW("source: public.%s_seen"),
    QUERY("query: SELECT * FROM public.%s_seen WHERE id > 0");

    private final String entry;

    Source(String entry) {
      this.entry = entry;
    }
  }

  @ParameterizedTest
  @EnumSource
  void aNewColumnIsAdded(Source source) {
    Line line = synced(source);
    line.atSource(
        "CREATE OR REPLACE VIEW public.%1$s_seen AS SELECT *, id * 2 AS double FROM public.%1$s");
    line.write("second", 2);
    line.sync();
    assertThat(line.landed.columns()).containsAll(BEFORE).contains("double INT64 YES");
    assertThat(line.landed.rows("id, v, double", OLD))
        .containsExactly("1|first|null", "2|second|4");
    assertThat(line.landed.lastReason()).isEqualTo("STATE");
  }

  @ParameterizedTest
  @EnumSource
  void aColumnThatIsGoneIsNullInRowsThatChange(Source source) {
    Line line = synced(source);
    line.write("second", 2);
    line.sync();
    show(line, "id, updated_at");
    line.touch(2);
    line.sync();
    assertThat(line.landed.columns()).isEqualTo(BEFORE);
    assertThat(line.landed.rows("id, v", OLD)).containsExactly("1|first", "2|null");
  }

  /** All rows are read, and a new table takes the target's place. */
  @ParameterizedTest
  @EnumSource
  void aColumnOfAnotherType(Source source) {
    Line line = synced(source);
    show(line, "id, v::bytea AS v, updated_at");
    line.sync();
    assertThat(line.landed.columns()).contains("v BYTES YES");
    assertThat(line.landed.rows("id, v", OLD)).containsExactly("1|Zmlyc3Q=");
    assertThat(line.landed.lastReason()).isEqualTo("SCHEMA_CHANGED");
  }

  @ParameterizedTest
  @EnumSource
  void aColumnOfAnotherTypeFailsWhereItIsToFail(Source source) {
    Line line = synced(source, "on_schema_change: fail");
    show(line, "id, v::bytea AS v, updated_at");
    assertFails(line, ErrorCode.TARGET_INCOMPATIBLE, "v: the source's BYTES cannot become");
    assertThat(line.landed.rows("id, v", OLD)).containsExactly("1|first");
  }

  /** Nothing is written, whichever it is. */
  @ParameterizedTest
  @EnumSource
  void aKeyOrACursorThatIsGone(Source source) {
    Line line = synced(source);
    show(line, "v, updated_at");
    assertFails(line, ErrorCode.COLUMN_MISSING, "id");
    show(line, "id, v");
    assertFails(line, ErrorCode.COLUMN_MISSING, "updated_at");
    assertThat(line.landed.rows("id, v", OLD)).containsExactly("1|first");
    show(line, "id, v, updated_at");
    line.write("second", 2);
    line.sync();
    assertThat(line.landed.rows("id, v", OLD)).containsExactly("1|first", "2|second");
  }

  /** No index proves the key; each run looks for it. */
  @ParameterizedTest
  @EnumSource
  void aKeyThatIsNoneAnyMore(Source source) {
    Line line = synced(source);
    line.atSource(
        "CREATE OR REPLACE VIEW public.%1$s_seen AS"
            + " SELECT t.* FROM public.%1$s AS t, generate_series(1, 2)");
    line.write("second", 2);
    assertFails(line, ErrorCode.KEY_DUPLICATED, "a key stands more than once");
    assertThat(line.landed.rows("id, v", OLD)).containsExactly("1|first");
  }

  @ParameterizedTest
  @EnumSource
  void aViewThatIsReplacedBetweenPlanAndCopyEndsTheRun(Source source) {
    Line line = synced(source);
    line.write("second", 2);
    line.request();
    Runnable replaced = () -> show(line, "id, v, updated_at, 1 AS more");
    assertThatThrownBy(
            () -> line.deliver(line.instance().store(Moment.afterObject("plan.json", replaced))))
        .hasMessageContaining("the columns of");
    assertThat(line.end().errorCode()).isEqualTo(ErrorCode.SOURCE_CHANGED);
    assertThat(line.landed.columns()).isEqualTo(BEFORE);
    line.sync();
    assertThat(line.landed.rows("id, v, more", OLD)).containsExactly("1|first|null", "2|second|1");
  }

  /** Its star means what the table has now. */
  @Test
  void aQueryWithAStarFollowsItsTable() {
    Line table = Bench.shared().line();
    table.write("first", 1);
    table.write("newest", 99);
    Line line =
        table.bench.over(
            table.table,
            "query: SELECT * FROM public." + table.table,
            "key: [id]",
            "stamped_by: database");
    line.sync();
    line.atSource("ALTER TABLE public.%s ADD more int DEFAULT 7, ALTER v TYPE varchar(9)");
    line.write("second", 2);
    line.sync();
    assertThat(line.landed.rows("id, v, more", OLD)).containsExactly("1|first|null", "2|second|7");
    line.atSource("ALTER TABLE public.%s DROP more");
    line.touch(2);
    line.sync();
    assertThat(line.landed.rows("id, v, more", OLD))
        .containsExactly("1|first|null", "2|second|null");
  }

  private static void assertFails(Line line, ErrorCode code, String words) {
    line.request();
    assertThatThrownBy(() -> line.deliver(line.instance())).hasMessageContaining(words);
    assertThat(line.end().errorCode()).isEqualTo(code);
  }

  private static Line synced(Source source, String... settings) {
    Line table = Bench.shared().line();
    show(table, "*");
    table.write("first", 1);
    table.write("newest", 99);
    String[] all = new String[settings.length + 3];
    all[0] = "key: [id]";
    all[1] = "assume_unique: true";
    all[2] = "stamped_by: database";
    System.arraycopy(settings, 0, all, 3, settings.length);
    Line line = table.bench.over(table.table, source.entry.formatted(table.table), all);
    line.sync();
    assertThat(line.landed.columns()).isEqualTo(BEFORE);
    assertThat(line.landed.rows("id, v", OLD)).containsExactly("1|first");
    return line;
  }

  /** The view anew, with these columns. */
  private static void show(Line line, String columns) {
    line.atSource(
        "DROP VIEW IF EXISTS public.%s_seen",
        "CREATE VIEW public.%1$s_seen AS SELECT " + columns + " FROM public.%1$s");
  }
}
