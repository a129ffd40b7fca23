package io.deltaferry.cli.chaos;

import io.deltaferry.testing.TestPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * People and programs that write into one table at the same time, each in a session of its own, and
 * who take their time between stamping a row and committing it. They delete nothing: an increment
 * cannot see that.
 */
final class Writers {
  /** Rows in blocks of ids, a block for each writer, so that nobody waits for another's lock. */
  private static final int BLOCK = 1_000_000;

  private static final int BULK = 50;

  private final TestPostgres postgres;
  private final String table;
  private final int pauseMillis;
  private final ExecutorService threads;
  private final Semaphore places = new Semaphore(TestPostgres.PREPARED_TRANSACTIONS - 1);
  private final List<Future<?>> running = new ArrayList<>();
  private final AtomicLong written = new AtomicLong();
  private final AtomicInteger prepared = new AtomicInteger();
  private volatile boolean stopping;

  /**
   * Starts them.
   *
   * @param pauseMillis the longest time that a transaction stays open, and the longest between two
   */
  Writers(TestPostgres postgres, String table, int count, int pauseMillis, long seed) {
    this.postgres = postgres;
    this.table = table;
    this.pauseMillis = pauseMillis;
    threads = Executors.newFixedThreadPool(count);
    for (int writer = 0; writer < count; writer++) {
      int number = writer;
      running.add(threads.submit(() -> write(number, new Random(seed + number))));
    }
  }

  String table() {
    return table;
  }

  /** Makes their table. */
  static String ddl(String table) {
    return "CREATE TABLE public.%s (id int PRIMARY KEY, v text, updated_at timestamptz NOT NULL)"
        .formatted(table);
  }

  private Void write(int number, Random random) throws Exception {
    int next = number * BLOCK;
    try (Connection session = postgres.admin()) {
      session.setAutoCommit(false);
      while (!stopping) {
        next += transaction(session, number, next, random);
        pause(random);
      }
    }
    return null;
  }

  /** One transaction; answers how many ids it has used up. */
  private int transaction(Connection session, int number, int next, Random random)
      throws SQLException, InterruptedException {
    int first = number * BLOCK;
    int rows = 1;
    try (Statement statement = session.createStatement()) {
      switch (next == first ? 0 : random.nextInt(10)) {
        case 0, 1, 2 -> insert(statement, next, 1);
        case 3 -> {
          rows = 1 + random.nextInt(BULK);
          insert(statement, next, rows);
        }
        case 4, 5, 6 -> update(statement, first + random.nextInt(next - first), 1);
        case 7 -> {
          rows = Math.min(BULK, next - first);
          update(statement, first, rows);
        }
        case 8 -> savepoint(session, statement, next);
        default -> {
          insert(statement, next, 1);
          pause(random);
          twoPhases(session, statement);
        }
      }
      pause(random);
      session.commit();
    }
    written.addAndGet(rows);
    return rows;
  }

  private void insert(Statement statement, int from, int rows) throws SQLException {
    statement.executeUpdate(
        "INSERT INTO public.%s SELECT n, md5(random()::text), now() FROM generate_series(%d, %d) n"
            .formatted(table, from, from + rows - 1));
  }

  private void update(Statement statement, int from, int rows) throws SQLException {
    statement.executeUpdate(
        "UPDATE public.%s SET v = md5(random()::text), updated_at = now() WHERE id >= %d AND id < %d"
            .formatted(table, from, from + rows));
  }

  /** What was done after it never happened. */
  private void savepoint(Connection session, Statement statement, int next) throws SQLException {
    insert(statement, next, 1);
    Savepoint savepoint = session.setSavepoint();
    update(statement, next, 1);
    session.rollback(savepoint);
  }

  /** Between the two nobody's session shows the transaction. */
  private void twoPhases(Connection session, Statement statement)
      throws SQLException, InterruptedException {
    places.acquire();
    try {
      String name = table + "_" + prepared.incrementAndGet();
      statement.execute("PREPARE TRANSACTION '" + name + "'");
      session.setAutoCommit(true);
      Thread.sleep(pauseMillis);
      statement.execute("COMMIT PREPARED '" + name + "'");
      session.setAutoCommit(false);
    } finally {
      places.release();
    }
  }

  private void pause(Random random) throws InterruptedException {
    Thread.sleep(random.nextInt(pauseMillis + 1));
  }

  /** Rows inserted and updated by committed transactions. */
  long written() {
    return written.get();
  }

  /** Transactions of two phases. */
  int prepared() {
    return prepared.get();
  }

  /** Lets each end its transaction. Fails when one of them has failed. */
  void stop() throws Exception {
    stopping = true;
    threads.shutdown();
    for (Future<?> writer : running) {
      writer.get(60, TimeUnit.SECONDS);
    }
  }
}
