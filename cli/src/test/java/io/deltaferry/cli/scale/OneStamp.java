package io.deltaferry.cli.scale;

import static io.deltaferry.cli.scale.AtScale.require;
import static io.deltaferry.cli.scale.AtScale.say;

import io.deltaferry.message.SyncCompleted;
import io.deltaferry.run.Manifest;
import io.deltaferry.run.Receipt;
import io.deltaferry.run.RunId;
import io.deltaferry.testing.TestPostgres;
import java.util.LongSummaryStatistics;

/** All rows have one and the same cursor value, when they are copied and when they have changed. */
final class OneStamp {
  private static final String TABLE = "one_stamp";
  private static final int SLICES = 20;

  private OneStamp() {}

  /**
   * Runs it.
   *
   * @param rows a multiple of 20
   */
  static void run(int rows) throws Exception {
    TestPostgres postgres = TestPostgres.create();
    postgres.run(
        "CREATE TABLE public.one_stamp (id bigint PRIMARY KEY, v text, updated_at timestamptz NOT NULL)",
        "INSERT INTO public.one_stamp SELECT n, md5(n::text), now() FROM generate_series(1, %d) n"
            .formatted(rows),
        "ANALYZE public.one_stamp");
    String entry = TABLE + ": {source: public.one_stamp, slice_rows: " + rows / SLICES + "}";
    try (Trial trial = new Trial("one-stamp", postgres, entry)) {
      sync(trial);
      postgres.run(
          "UPDATE public.one_stamp SET v = md5(v), updated_at = now()", "ANALYZE public.one_stamp");
      LongSummaryStatistics slices = sync(trial);
      require(
          slices.getCount() == SLICES && slices.getMin() == slices.getMax(), "the slices differ");
    }
  }

  private static LongSummaryStatistics sync(Trial trial) throws Exception {
    SyncCompleted end = trial.sync(TABLE);
    Manifest manifest = trial.manifest(new RunId(TABLE, end.seq()));
    LongSummaryStatistics slices =
        manifest.receipts().stream().mapToLong(Receipt::rows).summaryStatistics();
    say(
        "run %d: %,d rows in %d slices of %,d to %,d rows",
        end.seq(), manifest.rows(), slices.getCount(), slices.getMin(), slices.getMax());
    trial.requireEqualSides(TABLE);
    return slices;
  }
}
