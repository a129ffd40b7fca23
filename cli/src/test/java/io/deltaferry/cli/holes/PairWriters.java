package io.deltaferry.cli.holes;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Sessions that insert, update and delete all the time, in transactions of several statements.
 * After each of these the table has as many rows as at first, and each row has a partner with which
 * it comes to the same sum; so whoever sees anything else has seen no single moment.
 */
final class PairWriters {
  static final int SUM = 100;

  /** Partners lie so far apart that most ranges of keys have rows without their partners. */
  static final int APART = 1_000_000;

  private static final int WRITERS = 3;
  private static final int PAIRS = 60;

  /** How many rows the table has, whenever one looks. */
  static final int ROWS = 2 * WRITERS * PAIRS;

  private static final int MORE = 50;
  private static final Duration PAUSE = Duration.ofMillis(1);

  private final Line line;
  private final ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
  private final List<Future<?>> running = new ArrayList<>();
  private final Set<String> committed = ConcurrentHashMap.newKeySet();
  private final Set<String> gone = ConcurrentHashMap.newKeySet();
  private final Set<Integer> alive = ConcurrentHashMap.newKeySet();
  private final AtomicLong transactions = new AtomicLong();
  private volatile boolean stopping;

  private PairWriters(Line line) {
    this.line = line;
  }

  /** A table for them, which is copied. */
  static Line table(String... settings) {
    Bench bench = Bench.shared();
    String name = bench.newName();
    bench.postgres.run(
        """
        CREATE TABLE public.%s (id int PRIMARY KEY, v text NOT NULL, amount int NOT NULL,
          updated_at timestamptz NOT NULL DEFAULT now())"""
            .formatted(name));
    return bench.copied(name, settings);
  }

  /** Fills the table and starts them. */
  static PairWriters on(Line line) throws SQLException {
    PairWriters writers = new PairWriters(line);
    for (int number = 0; number < WRITERS; number++) {
      Writer writer = writers.new Writer(number);
      writer.fill();
      writers.running.add(writers.threads.submit(writer));
    }
    line.bench.postgres.run("ANALYZE public." + line.table);
    return writers;
  }

  /** One session, with pairs of its own, so that nobody waits for another's lock. */
  private final class Writer implements Callable<Void> {
    private final Random random;
    private final int number;
    private final List<Integer> own = new ArrayList<>();
    private final Map<Integer, String> versions = new HashMap<>();
    private int next;
    private int changes;

    Writer(int number) {
      this.random = new Random(number);
      this.number = number;
      this.next = number;
    }

    void fill() throws SQLException {
      try (Connection session = line.bench.postgres.admin()) {
        for (int pair = 0; pair < PAIRS; pair++) {
          Change first = insert(next, "first");
          first.make(session);
          own.add(next);
          next += WRITERS;
          know(first);
        }
      }
    }

    @Override
    public Void call() throws SQLException {
      try (Connection session = line.bench.postgres.admin()) {
        session.setAutoCommit(false);
        while (!stopping) {
          write(session);
          LockSupport.parkNanos(PAUSE.toNanos());
        }
      }
      return null;
    }

    private void write(Connection session) throws SQLException {
      int place = random.nextInt(own.size());
      String v = number + "." + ++changes;
      boolean exchange = random.nextInt(3) == 0;
      Change change = exchange ? exchange(own.get(place), v) : shift(own.get(place), v);
      change.make(session);
      if (random.nextInt(10) == 0) {
        session.rollback();
        return;
      }
      session.commit();
      if (exchange) {
        own.set(place, next);
        next += WRITERS;
      }
      know(change);
      transactions.incrementAndGet();
    }

    /** What stood there is gone, and what the change has written stands there. */
    private void know(Change change) {
      for (int pair : List.of(change.before(), change.before() + APART)) {
        String old = versions.remove(pair);
        if (old != null) {
          gone.add(pair + "=" + old);
        }
        alive.remove(pair);
      }
      for (int pair : List.of(change.after(), change.after() + APART)) {
        versions.put(pair, change.v());
        committed.add(pair + "=" + change.v());
        alive.add(pair);
      }
    }

    private Change insert(int pair, String v) {
      return new Change(pair, pair, v, List.of(inserts(pair, v)));
    }

    private Change shift(int pair, String v) {
      int amount = 1 + random.nextInt(SUM);
      return new Change(
          pair, pair, v, List.of(adds(pair, amount, v), adds(pair + APART, -amount, v)));
    }

    private Change exchange(int pair, String v) {
      List<String> statements =
          List.of(deletes(pair), inserts(next, v), deletes(pair + APART), adds(next, 0, v));
      return new Change(pair, next, v, statements);
    }

    private String inserts(int pair, String v) {
      return "INSERT INTO public.%s VALUES (%d, '%s', 40, now()), (%d, '%s', %d, now())"
          .formatted(line.table, pair, v, pair + APART, v, SUM - 40);
    }

    private String adds(int id, int amount, String v) {
      return "UPDATE public.%s SET amount = amount + %d, v = '%s', updated_at = now() WHERE id = %d"
          .formatted(line.table, amount, v, id);
    }

    private String deletes(int id) {
      return "DELETE FROM public.%s WHERE id = %d".formatted(line.table, id);
    }
  }

  /** A transaction that puts one pair in the place of another, or of itself. */
  private record Change(int before, int after, String v, List<String> statements) {
    void make(Connection session) throws SQLException {
      for (String sql : statements) {
        try (Statement statement = session.createStatement()) {
          statement.executeUpdate(sql);
        }
      }
    }
  }

  /** Returns when they have committed a good deal more. */
  void goOn() {
    long enough = transactions.get() + MORE;
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (transactions.get() < enough) {
      if (System.nanoTime() > deadline || running.stream().anyMatch(Future::isDone)) {
        throw new AssertionError("the writers stand still");
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }

  /** Ids and values of rows that were changed or deleted by now; no later snapshot shows them. */
  Set<String> gone() {
    return Set.copyOf(gone);
  }

  /** Ids and values of rows that were ever committed. */
  Set<String> committed() {
    return Set.copyOf(committed);
  }

  /** Ids of rows that are there; none of them ever comes back once it went. */
  Set<Integer> alive() {
    return Set.copyOf(alive);
  }

  /** Lets each end its transaction. Fails when one of them has failed. */
  void stop() throws InterruptedException, ExecutionException {
    stopping = true;
    threads.shutdown();
    for (Future<?> writer : running) {
      writer.get();
    }
  }
}
