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

/** Columns whose values the database makes: generated ones, and identities. */
@Timeout(180)
class ComputedColumnTest {
  private static final String OLD = "id < 99";

  @Test
  void aGeneratedColumnThatIsAddedIsOneLikeAnyOther() {
    Line line = synced();
    line.atSource("ALTER TABLE public.%s ADD size int GENERATED ALWAYS AS (length(v)) STORED");
    assertThat(line.landed.rows("id, v", OLD)).containsExactly("1|first");
    line.write("second", 2);
    line.sync();
    assertThat(line.landed.columns()).contains("size INT64 YES");
    assertThat(line.landed.rows("id, size", OLD)).containsExactly("1|null", "2|6");
    assertThat(line.landed.lastReason()).isEqualTo("STATE");
  }

  @Test
  void oldRowsGetItsValuesOnRequest() {
    Line line = synced("on_new_column: backfill");
    line.atSource("ALTER TABLE public.%s ADD size int GENERATED ALWAYS AS (length(v)) STORED");
    line.sync();
    assertThat(line.landed.rows("id, size", OLD)).containsExactly("1|5");
    assertThat(line.landed.lastReason()).isEqualTo("COLUMN_ADDED");
  }

  @Test
  void aGeneratedColumnThatIsDroppedIsNullInRowsThatChange() {
    Line line = generated();
    line.atSource("ALTER TABLE public.%s DROP size");
    line.touch(2);
    line.sync();
    assertThat(line.landed.columns()).contains("size INT64 YES");
    assertThat(line.landed.rows("id, size", OLD)).containsExactly("1|5", "2|null");
  }

  /** It goes on as a column of its own. */
  @Test
  void aColumnThatIsGeneratedNoMore() {
    Line line = generated();
    line.atSource("ALTER TABLE public.%s ALTER size DROP EXPRESSION");
    line.atSource("UPDATE public.%s SET size = 70, updated_at = clock_timestamp() WHERE id = 2");
    line.sync();
    assertThat(line.landed.rows("id, size", OLD)).containsExactly("1|5", "2|70");
    assertThat(line.landed.lastReason()).isEqualTo("STATE");
  }

  /** All rows are written anew, and no cursor tells of it. */
  @Test
  void anotherExpressionIsSeenInRowsThatChangeAndByACopy() {
    Line line = generated();
    line.atSource("ALTER TABLE public.%s ALTER size SET EXPRESSION AS (100 + length(v))");
    line.touch(2);
    line.sync();
    assertThat(line.landed.rows("id, size", OLD)).containsExactly("1|5", "2|106");
    line.sync(SyncMode.REPLACE, RunOptions.NONE);
    assertThat(line.landed.rows("id, size", OLD)).containsExactly("1|105", "2|106");
  }

  /** It writes the table's rows anew. */
  @Test
  void anotherExpressionBetweenPlanAndCopyEndsTheRun() {
    Line line = generated();
    line.touch(2);
    line.request();
    Runnable changed =
        () -> line.atSource("ALTER TABLE public.%s ALTER size SET EXPRESSION AS (-length(v))");
    assertThatThrownBy(
            () -> line.deliver(line.instance().store(Moment.afterObject("plan.json", changed))))
        .hasMessageContaining("was truncated, rewritten or lost a partition");
    assertThat(line.end().errorCode()).isEqualTo(ErrorCode.SOURCE_CHANGED);
    assertThat(line.landed.rows("id, size", OLD)).containsExactly("1|5", "2|6");
    line.sync();
    assertThat(line.landed.rows("id, size", OLD)).containsExactly("1|5", "2|-6");
  }

  /** A row whose key is computed anew is another row. */
  @Test
  void aGeneratedColumnAsTheKey() {
    Line rows = Bench.shared().line();
    rows.atSource(
        "ALTER TABLE public.%s ADD code text NOT NULL GENERATED ALWAYS AS ('c' || id) STORED UNIQUE",
        "INSERT INTO public.%s VALUES (1, 'first'), (2, 'first'), (99, 'newest')");
    Line line = rows.bench.over(rows.table, "source: public." + rows.table, "key: [code]");
    line.sync();
    assertThat(line.landed.rows("code, v", OLD)).containsExactly("c1|first", "c2|first");
    line.write("second", 2);
    line.sync();
    assertThat(line.landed.rows("code, v", OLD)).containsExactly("c1|first", "c2|second");
    line.atSource("UPDATE public.%s SET id = 3, updated_at = clock_timestamp() WHERE id = 2");
    line.sync();
    assertThat(line.landed.rows("code, v", OLD))
        .containsExactly("c1|first", "c2|second", "c3|second");
    line.sync(SyncMode.RECONCILE, RunOptions.deleting(MaxDeletes.parse("100%")));
    assertThat(line.landed.rows("code", "_deleted")).containsExactly("c2");
  }

  /** Each row gets a number at once, which no cursor tells of. */
  @Test
  void anIdentityThatIsAddedIsAColumnLikeAnyOther() {
    Line line = synced();
    line.atSource("ALTER TABLE public.%s ADD nr bigint GENERATED ALWAYS AS IDENTITY");
    line.write("second", 2);
    line.sync();
    assertThat(line.landed.columns()).contains("nr INT64 YES");
    assertThat(line.landed.rows("id, nr", OLD)).containsExactly("1|null", "2|3");
    line.atSource("ALTER TABLE public.%s ALTER nr SET GENERATED BY DEFAULT");
    line.atSource("INSERT INTO public.%s (id, nr) VALUES (3, 3000000000)");
    line.sync();
    assertThat(line.landed.rows("id, nr", OLD)).containsExactly("1|null", "2|3", "3|3000000000");
    line.atSource("ALTER TABLE public.%s ALTER nr DROP IDENTITY, ALTER nr DROP NOT NULL");
    line.atSource("INSERT INTO public.%s (id) VALUES (4)");
    line.sync();
    assertThat(line.landed.rows("id, nr", "id IN (3, 4)"))
        .containsExactly("3|3000000000", "4|null");
  }

  /** Its sequence is known as that of a serial is, whichever of the two kinds it is. */
  @Test
  void anIdentityIsKeyAndCursor() {
    for (String kind : new String[] {"ALWAYS", "BY DEFAULT"}) {
      Bench bench = Bench.shared();
      String name = bench.newName();
      bench.postgres.run(
          "CREATE TABLE public.%s (id int GENERATED %s AS IDENTITY PRIMARY KEY, v text)"
              .formatted(name, kind),
          "INSERT INTO public.%s (v) VALUES ('first'), ('first')".formatted(name));
      Line line = bench.copied(name, "cursor: id", "strict: true");
      line.sync();
      assertThat(line.end().outcome()).as("%s", line.end()).isEqualTo(SyncOutcome.COMPLETED);
      line.atSource("INSERT INTO public.%s (v) VALUES ('second')");
      line.sync();
      assertThat(line.differences()).isEmpty();
    }
  }

  private static Line synced(String... settings) {
    Line line = Bench.shared().line(settings);
    line.write("first", 1);
    line.write("newest", 99);
    line.sync();
    return line;
  }

  /** With a generated column, the first row of which is below the watermark. */
  private static Line generated() {
    Line line = Bench.shared().line();
    line.atSource("ALTER TABLE public.%s ADD size int GENERATED ALWAYS AS (length(v)) STORED");
    line.write("first", 1);
    line.write("second", 2);
    line.write("newest", 99);
    line.sync();
    assertThat(line.landed.columns()).contains("size INT64 YES");
    assertThat(line.landed.rows("id, size", OLD)).containsExactly("1|5", "2|6");
    return line;
  }
}
