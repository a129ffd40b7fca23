package io.deltaferry.cli.holes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.common.base.Throwables;
import com.google.common.hash.Hashing;
import io.deltaferry.error.DeltaferryException;
import io.deltaferry.error.ErrorCode;
import io.deltaferry.message.SyncOutcome;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Values that must not be seen, of an excluded column and of a hashed key, are looked for
 * everywhere. So is one that may be, to show that the looking finds what there is.
 */
@Timeout(180)
class CanaryTest {
  private static final String EXCLUDED = "canary-of-card";
  private static final String HASHED = "canary-of-mail";
  private static final String SHOWN = "canary-of-note";

  private static final int ROWS = 200;

  private static final AtomicInteger TABLES = new AtomicInteger();

  @Test
  void onTheWholeWayInSlices() {
    List<String> temp = new ArrayList<>();
    try (Heard heard = new Heard()) {
      Line line = filled("slice_rows: 100", "part_bytes: 4KiB");
      Everything everything = new Everything(line);
      line.request();
      line.deliver(
          line.instance()
              .warehouse(
                  Moment.beforeMerge(
                      () -> temp.addAll(everything.rows("staging", line.table + "__1")))));

      assertThat(line.end().outcome()).isEqualTo(SyncOutcome.COMPLETED);
      assertThat(line.visible()).hasSize(1);
      assertThat(line.visible().get(0)).hasSizeGreaterThan(1);
      List<String> target = everything.rows("target", line.table);
      for (List<String> rows : List.of(temp, target)) {
        assertThat(rows).hasSize(ROWS).allMatch(row -> row.contains(SHOWN));
        assertThat(rows).anyMatch(row -> row.contains(hmac(HASHED + 7)));
      }
      assertThat(everything.bucket("parts")).contains(SHOWN, hmac(HASHED + 7));
      assertNowhere(
          temp
              + heard.text()
              + target
              + everything.rows("control", "sync_runs")
              + everything.rows("control", "state__" + line.table)
              + everything.all());
      assertThat(everything.all()).doesNotContain("the secret of these hashes");
    }
  }

  @Test
  void inARowThatIsRefused() {
    assertFailsSilently(
        ErrorCode.VALUE_REFUSED,
        "UPDATE public.%s SET amount = 'NaN' WHERE card = '" + EXCLUDED + 9 + "'",
        "conversions: {amount: fail}");
  }

  /** PostgreSQL's own message quotes the value. */
  @Test
  void inARowThatBreaksTheFilter() {
    assertFailsSilently(
        ErrorCode.SOURCE_QUERY_FAILED, "ANALYZE public.%s", "filter: card::int > 0");
  }

  @Test
  void inARowThatBreaksTheFilterByItsKey() {
    assertFailsSilently(
        ErrorCode.SOURCE_QUERY_FAILED, "ANALYZE public.%s", "filter: mail::date > '2026-01-01'");
  }

  private static void assertFailsSilently(ErrorCode code, String change, String setting) {
    try (Heard heard = new Heard()) {
      Line line = filled(setting);
      line.bench.postgres.run(change.formatted(line.table));
      line.request();
      DeltaferryException failure =
          catchThrowableOfType(DeltaferryException.class, () -> line.deliver(line.instance()));

      assertThat(failure.code()).isEqualTo(code);
      assertThat(line.end().outcome()).isEqualTo(SyncOutcome.FAILED);
      assertNowhere(
          Throwables.getStackTraceAsString(failure) + heard.text() + new Everything(line).all());
    }
  }

  /** Parts of it are there when the time is over, and both halves are planned. */
  @Test
  void inASliceThatIsCut() {
    try (Heard heard = new Heard()) {
      Line table = filled();
      table.bench.postgres.run(
          """
          CREATE FUNCTION public.tarry_%1$s() RETURNS boolean LANGUAGE plpgsql VOLATILE AS $$
          BEGIN
            IF current_query() LIKE 'COPY%%' THEN
              PERFORM pg_sleep(0.007);
            END IF;
            RETURN true;
          END $$"""
              .formatted(table.table));
      Line line =
          over(
              table.table,
              "query: SELECT * FROM public.%1$s WHERE public.tarry_%1$s()".formatted(table.table),
              "key: [mail]",
              "part_bytes: 4KiB");
      line.request();
      line.deliver(line.instance().budget("2s"));

      assertThat(line.end().outcome()).isEqualTo(SyncOutcome.COMPLETED);
      assertThat(line.visible()).hasSize(1);
      assertThat(line.visible().get(0)).hasSizeGreaterThan(1);
      assertThat(new Everything(line).bucket("parts")).contains(SHOWN);
      assertNowhere(heard.text() + new Everything(line).all());
    }
  }

  private static void assertNowhere(String everything) {
    assertThat(everything.contains(SHOWN) || everything.contains("FAILED")).isTrue();
    assertThat(everything.contains(EXCLUDED)).as("excluded value").isFalse();
    assertThat(everything.contains(HASHED)).as("hashed value").isFalse();
  }

  private static Line filled(String... settings) {
    String table = "canary" + TABLES.incrementAndGet();
    Bench.shared()
        .postgres
        .run(
            """
            CREATE TABLE public.%s (
              mail text PRIMARY KEY, card text, note text, amount numeric(9, 2),
              updated_at timestamptz DEFAULT now())"""
                .formatted(table),
            """
            INSERT INTO public.%s
            SELECT '%s' || n, '%s' || n, '%s' || n, n, now() - n * interval '1 s'
            FROM generate_series(1, %d) AS n"""
                .formatted(table, HASHED, EXCLUDED, SHOWN, ROWS),
            "CREATE INDEX ON public.%s (updated_at, mail)".formatted(table),
            "ANALYZE public." + table);
    return over(table, "source: public." + table, settings);
  }

  private static Line over(String table, String source, String... settings) {
    List<String> all = new ArrayList<>(List.of("exclude: [card]", "hash: [mail]"));
    all.addAll(List.of(settings));
    return Bench.shared().over(table, source, all.toArray(String[]::new));
  }

  private static String hmac(String text) {
    return Hashing.hmacSha256("the secret of these hashes".getBytes(StandardCharsets.UTF_8))
        .hashString(text, StandardCharsets.UTF_8)
        .toString();
  }
}
