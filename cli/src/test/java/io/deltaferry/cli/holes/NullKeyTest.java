package io.deltaferry.cli.holes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.deltaferry.error.DeltaferryException;
import io.deltaferry.error.ErrorCode;
import io.deltaferry.error.ErrorKind;
import io.deltaferry.message.SyncOutcome;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A view shows its key as NULL, which no index of the table under it prevents. */
@Timeout(180)
class NullKeyTest {
  /** In one piece, and in slices of which most have no such row. */
  @ParameterizedTest
  @ValueSource(strings = {"slice_rows: 250000", "slice_rows: 100"})
  void isRefusedWithTheNumberOfItsRows(String size) {
    Line line = Bench.shared().line();
    String view = line.table + "_view";
    line.bench.postgres.run(
        "INSERT INTO public.%s (id, v) SELECT n, 'v' FROM generate_series(1, 300) n"
            .formatted(line.table),
        "ANALYZE public." + line.table);
    show(line, "id");
    Line seen =
        line.bench.over(
            line.table, "source: public." + view, "key: [id]", "assume_unique: true", size);
    seen.sync();
    assertThat(seen.differences()).isEmpty();
    line.bench.postgres.run(
        "UPDATE public.%s SET v = 'w', updated_at = clock_timestamp()".formatted(line.table));
    show(line, "CASE WHEN id NOT IN (150, 151) THEN id END AS id");
    assertRefused(seen);
    show(line, "id");
    seen.bus.lose();
    seen.sync();
    assertThat(seen.end().outcome()).isEqualTo(SyncOutcome.COMPLETED);
    assertThat(seen.differences()).isEmpty();
  }

  private static void assertRefused(Line line) {
    List<String> before = everything(line);
    line.request();
    DeltaferryException failure =
        catchThrowableOfType(DeltaferryException.class, () -> line.deliver(line.instance()));
    assertThat(failure).isNotNull();
    assertThat(failure.code()).isEqualTo(ErrorCode.VALUE_REFUSED);
    assertThat(failure.kind()).isEqualTo(ErrorKind.PERMANENT);
    assertThat(failure)
        .hasMessageContaining("column \"id\" has 2")
        .hasMessageContaining("NULL in a key")
        .hasMessageContaining("Correct the rows");
    assertThat(line.end().outcome()).isEqualTo(SyncOutcome.FAILED);
    assertThat(everything(line)).isEqualTo(before);
  }

  private static List<String> everything(Line line) {
    return line.rows(
        """
        SELECT TO_JSON_STRING(t) FROM target.%1$s AS t
        UNION ALL SELECT TO_JSON_STRING(s) FROM control.state__%1$s AS s
        ORDER BY 1""");
  }

  private static void show(Line line, String key) {
    line.bench.postgres.run(
        "CREATE OR REPLACE VIEW public.%1$s_view AS SELECT %2$s, v, updated_at FROM public.%1$s"
            .formatted(line.table, key));
  }
}
