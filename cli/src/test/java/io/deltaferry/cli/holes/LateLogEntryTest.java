package io.deltaferry.cli.holes;

import static io.deltaferry.cli.holes.Logged.delete;
import static io.deltaferry.cli.holes.Logged.newest;
import static io.deltaferry.cli.holes.Logged.run;
import static io.deltaferry.cli.holes.Logged.settled;
import static io.deltaferry.cli.holes.Logged.watermark;
import static io.deltaferry.cli.holes.Logged.write;
import static org.assertj.core.api.Assertions.assertThat;

import io.deltaferry.message.SyncOutcome;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Entries of a log that are committed in another order than their numbers have. */
@Timeout(180)
class LateLogEntryTest {
  /** Two changes are numbered before others, and committed after these were read. */
  @Test
  void anEntryThatIsCommittedAfterLargerOnesWereRead() throws SQLException {
    assertThat(missedAfterALateEntry(true)).isEmpty();
    assertThat(missedAfterALateEntry(false))
        .as("with the largest number that was read as the watermark")
        .containsExactly("1", "2", "30");
  }

  private static List<String> missedAfterALateEntry(boolean rule) throws SQLException {
    Line line = settled(Logged.line(), 5);
    try (Connection late = line.bench.postgres.admin()) {
      late.setAutoCommit(false);
      try (Statement sql = late.createStatement()) {
        sql.execute("UPDATE public.%s SET v = 'late' WHERE id = 1".formatted(line.table));
        sql.execute("DELETE FROM public.%s WHERE id = 2".formatted(line.table));
        sql.execute("INSERT INTO public.%s VALUES (30, 'late')".formatted(line.table));
      }
      write(line, "early", 4);
      line.sync();
      write(line, "early", 5);
      line.sync();
      assertThat(line.end().outcome()).as("%s", line.end()).isEqualTo(SyncOutcome.COMPLETED);
      assertThat(Long.parseLong(watermark(line))).isLessThan(Long.parseLong(newest(line)) - 2);
      if (!rule) {
        line.bench.query(
            "UPDATE control.state__%s SET next_low = high WHERE TRUE".formatted(line.table));
      }
      late.commit();
    }
    line.sync();
    assertThat(line.end().outcome()).as("%s", line.end()).isEqualTo(SyncOutcome.COMPLETED);
    return line.differencesOfAlive();
  }

  /** A cached sequence hands numbers out in no order; then so many are read again. */
  @Test
  void numbersOfACachedSequenceAreReadAgain() throws SQLException {
    Line line = Logged.line("id_lateness: 100");
    run(line, "ALTER SEQUENCE public.%s_log_id_seq CACHE 20");
    write(line, "first", 1, 2);
    try (Connection slow = line.bench.postgres.admin();
        Statement sql = slow.createStatement()) {
      sql.execute("INSERT INTO public.%s VALUES (3, 'first')".formatted(line.table));
      IntStream.range(10, 14).forEach(id -> write(line, "other session", id));
      line.sync();
      line.sync();
      sql.execute("UPDATE public.%s SET v = 'smaller number' WHERE id = 3".formatted(line.table));
    }
    line.sync();
    assertThat(line.differencesOfAlive()).isEmpty();
    assertThat(
            line.rows(
                "SELECT bound_reason FROM control.sync_runs WHERE table_name = '%s' ORDER BY seq DESC LIMIT 1"))
        .containsExactly("NO_SEQUENCE");
  }

  /** Many at a time, out of order, rolled back, and pruned behind the reader. */
  @Test
  void withWritersAtWorkTheEndIsEqual() throws Exception {
    Line line = settled(Logged.line("slice_rows: 100"), 50);
    AtomicBoolean over = new AtomicBoolean();
    List<CompletableFuture<Void>> writers =
        IntStream.range(0, 6)
            .mapToObj(seed -> CompletableFuture.runAsync(() -> work(line, seed, over)))
            .toList();
    for (int round = 0; round < 6; round++) {
      line.sync();
      assertThat(line.end().outcome()).as("%s", line.end()).isEqualTo(SyncOutcome.COMPLETED);
    }
    over.set(true);
    for (CompletableFuture<Void> writer : writers) {
      writer.get();
    }
    line.sync();
    assertThat(line.differencesOfAlive()).isEmpty();
    assertThat(
            line.rows(
                "SELECT COUNT(*) FROM control.sync_runs WHERE table_name = '%s' AND low_reason NOT IN ('STATE', 'NO_TARGET')"))
        .as("all of it by the log")
        .containsExactly("0");
    assertThat(line.rows("SELECT COUNT(*) - COUNT(DISTINCT id) FROM target.%s"))
        .containsExactly("0");
  }

  private static void work(Line line, int seed, AtomicBoolean over) {
    Random random = new Random(seed);
    try (Connection session = line.bench.postgres.admin();
        Statement sql = session.createStatement()) {
      session.setAutoCommit(false);
      while (!over.get()) {
        // In the order of their ids, so that no two wait for each other.
        random
            .ints(1 + random.nextInt(3), seed * 1_000, seed * 1_000 + 60)
            .sorted()
            .forEach(id -> change(sql, line, id, random.nextInt(3)));
        Thread.sleep(random.nextInt(40));
        if (random.nextInt(5) == 0) {
          session.rollback();
        } else {
          session.commit();
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void change(Statement sql, Line line, int id, int what) {
    try {
      sql.execute(
          what == 0
              ? "DELETE FROM public.%s WHERE id = %d".formatted(line.table, id)
              : "INSERT INTO public.%s VALUES (%d, '%s') ON CONFLICT (id) DO UPDATE SET v = EXCLUDED.v"
                  .formatted(line.table, id, System.nanoTime()));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** It is read again, and so brings the row that was deleted and added meanwhile. */
  @Test
  void anOldTransactionDeletesWhatWasReadAsChanged() throws SQLException {
    Line line = settled(Logged.line(), 5);
    try (Connection late = line.bench.postgres.admin()) {
      late.setAutoCommit(false);
      try (Statement sql = late.createStatement()) {
        sql.execute("DELETE FROM public.%s WHERE id = 1".formatted(line.table));
        sql.execute("INSERT INTO public.%s VALUES (1, 'again')".formatted(line.table));
      }
      write(line, "other", 3);
      line.sync();
      late.commit();
    }
    line.sync();
    assertThat(line.differencesOfAlive()).isEmpty();
    delete(line, 1);
    line.sync();
    assertThat(Logged.deleted(line)).containsExactly("1");
  }
}
