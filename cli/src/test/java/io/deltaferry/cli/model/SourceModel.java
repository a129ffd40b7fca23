package io.deltaferry.cli.model;

import io.deltaferry.bound.Activity;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** A table with its writers; a row is stamped with the start of the transaction that writes it. */
public final class SourceModel {
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS'+00'").withZone(ZoneOffset.UTC);

  private final Sabotage sabotage;
  private final Map<String, Transaction> open = new LinkedHashMap<>();
  private final Map<Long, Row> rows = new TreeMap<>();
  private final Set<Version> versions = new HashSet<>();
  private Instant now = Instant.parse("2026-11-20T12:00:00Z");
  private long transactions;
  private long newestEnded;
  private long values;
  private long blocks;
  private boolean slow;
  private boolean planning;

  SourceModel(Sabotage sabotage) {
    this.sabotage = sabotage;
  }

  /** What a row said at some time. */
  record Version(long id, String value, Instant stamp) {
    @Override
    public String toString() {
      return "row %d = %s at %s".formatted(id, value, SourceModel.clock(stamp));
    }
  }

  /**
   * A committed row.
   *
   * @param block where it lies; each version lies in a block of its own
   */
  public record Row(long id, String value, Instant stamp, long block, Instant committed) {
    Version version() {
      return new Version(id, value, stamp);
    }
  }

  private static final class Transaction {
    private final String name;
    private final long number;
    private final Instant start;
    private final Map<Long, String> writes = new LinkedHashMap<>();
    private boolean prepared;

    Transaction(String name, long number, Instant start) {
      this.name = name;
      this.number = number;
      this.start = start;
    }
  }

  /** As PostgreSQL prints it, and in an order that is the texts' own. */
  public static String text(Instant stamp) {
    return STAMP.format(stamp);
  }

  /** The time of day, as histories tell it. */
  static String clock(Instant moment) {
    return moment.toString().substring(11, 19);
  }

  public Instant now() {
    return now;
  }

  void pass(Duration time) {
    now = now.plus(time);
  }

  String begin() {
    transactions++;
    Transaction begun = new Transaction("T" + transactions, transactions, now);
    open.put(begun.name, begun);
    return begun.name;
  }

  /** The transactions that can still write, or those that are prepared. */
  List<String> open(boolean prepared) {
    return open.values().stream().filter(one -> one.prepared == prepared).map(t -> t.name).toList();
  }

  /** Whether no other transaction has the row locked. */
  boolean isFree(String transaction, long id) {
    return open.values().stream()
        .noneMatch(one -> !one.name.equals(transaction) && one.writes.containsKey(id));
  }

  Version write(String transaction, long id) {
    Transaction writer = transaction(transaction);
    values++;
    writer.writes.put(id, "v" + values);
    return new Version(id, "v" + values, writer.start);
  }

  void prepare(String transaction) {
    transaction(transaction).prepared = true;
  }

  void commit(String transaction) {
    Transaction ended = end(transaction);
    ended.writes.forEach(
        (id, value) -> {
          blocks++;
          rows.put(id, new Row(id, value, ended.start, blocks - 1, now));
          versions.add(new Version(id, value, ended.start));
        });
  }

  Transaction end(String transaction) {
    Transaction ended = transaction(transaction);
    open.remove(transaction);
    newestEnded = Math.max(newestEnded, ended.number);
    return ended;
  }

  private Transaction transaction(String name) {
    Transaction found = open.get(name);
    if (found == null) {
      throw new IllegalArgumentException(name + " is not open");
    }
    return found;
  }

  /** All committed rows, by id. */
  public List<Row> rows() {
    return List.copyOf(rows.values());
  }

  boolean knew(Version version) {
    return versions.contains(version);
  }

  public long blocks() {
    return blocks;
  }

  /** Lets the next reading take too long. */
  void slow() {
    slow = true;
  }

  /** Whether this reading takes too long; the one after it will not. */
  public boolean isTooSlow() {
    boolean late = slow;
    slow = false;
    return late;
  }

  /** Whether a run is being planned. */
  public boolean isPlanning() {
    return planning;
  }

  public void planning(boolean begun) {
    planning = begun;
  }

  /** As pg_stat_activity and pg_prepared_xacts have it. */
  public Activity activity() {
    List<Activity.Session> sessions = new ArrayList<>();
    for (Transaction one : open.values()) {
      if (!one.prepared && sabotage != Sabotage.SESSIONS_UNSEEN) {
        sessions.add(
            new Activity.Session(
                (int) one.number,
                "client backend",
                "idle in transaction",
                one.start,
                one.start,
                !one.writes.isEmpty(),
                false));
      }
    }
    long prepared = sabotage == Sabotage.PREPARED_UNSEEN ? 0 : open(true).size();
    long xmin =
        open.values().stream()
            .map(one -> one.number)
            .min(Comparator.naturalOrder())
            .orElse(transactions + 1);
    return new Activity(now, sessions, prepared, Long.toString(xmin), null);
  }

  /** As the sessions of the product number theirs: a later one has seen more transactions end. */
  public long snapshotNumber() {
    long running = open.values().stream().filter(one -> one.number <= newestEnded).count();
    return (newestEnded + 1) * 65_536 + 65_535 - running;
  }
}
