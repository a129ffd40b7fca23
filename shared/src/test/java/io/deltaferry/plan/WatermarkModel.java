package io.deltaferry.plan;

import io.deltaferry.bound.Activity;
import io.deltaferry.bound.CursorOrigin;
import io.deltaferry.bound.CursorRead;
import io.deltaferry.bound.Look;
import io.deltaferry.table.BoundSettings;
import io.deltaferry.type.CursorKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A source in memory, and one table of it that is synced by this kind of cursor. */
final class WatermarkModel {
  private static final Instant START = Instant.parse("2026-11-20T12:00:00Z");

  /** So long that only a bound can be too late. */
  private static final Duration LATENESS = Duration.ofDays(1);

  private final CursorKind kind;
  private final UnaryOperator<Activity> shown;
  private final Map<Integer, Transaction> open = new TreeMap<>();
  private final List<Row> committed = new ArrayList<>();
  private final Set<Row> target = new HashSet<>();
  private Instant now = START;
  private long lastId;
  private long nextXid = 100;
  private BoundHistory history = BoundHistory.NONE;
  private @Nullable String low;
  private @Nullable Watermark planned;

  /**
   * An empty source.
   *
   * @param shown what a run takes the activity for
   */
  WatermarkModel(CursorKind kind, UnaryOperator<Activity> shown) {
    this.kind = kind;
    this.shown = shown;
  }

  /** What happens to the source or to the sync. */
  enum Action {
    /** Within the writer's transaction, which begins with its first row. */
    INSERT,
    COMMIT,
    PREPARE,
    ROLLBACK,
    /** Time passes. */
    WAIT,
    /** A run reads the activity. */
    LOOK,
    /** The run that has looked takes its snapshot and reads. */
    EXTRACT
  }

  /** An action, of one of the writers where it needs one. */
  record Step(Action action, int writer) {
    @Override
    public String toString() {
      return switch (action) {
        case WAIT, LOOK, EXTRACT -> action.name();
        case INSERT, COMMIT, PREPARE, ROLLBACK -> action + " " + writer;
      };
    }
  }

  private record Row(long id, Instant stamp, long xid) {}

  private static final class Transaction {
    final Instant start;
    final long xid;
    final List<Row> rows = new ArrayList<>();
    boolean prepared;

    Transaction(Instant start, long xid) {
      this.start = start;
      this.xid = xid;
    }
  }

  /** Does the step, or nothing where it makes no sense now. */
  void play(Step step) {
    Transaction transaction = open.get(step.writer());
    switch (step.action()) {
      case WAIT -> now = now.plusSeconds(1);
      case LOOK -> planned = look();
      case EXTRACT -> extract();
      case INSERT -> insert(step.writer());
      case PREPARE -> {
        if (transaction != null) {
          transaction.prepared = true;
        }
      }
      case COMMIT -> {
        if (transaction != null) {
          committed.addAll(transaction.rows);
          open.remove(step.writer());
        }
      }
      case ROLLBACK -> open.remove(step.writer());
    }
  }

  /** Rows that no run has read and none ever will. */
  List<String> lost() {
    String from = low;
    return committed.stream()
        .filter(row -> !target.contains(row) && from != null && isBelow(row, from))
        .map(
            row -> "row " + row.id() + " with " + cursor(row) + ", the next run reads from " + from)
        .toList();
  }

  private void insert(int writer) {
    now = now.plusMillis(1);
    Transaction transaction = open.get(writer);
    if (transaction == null) {
      transaction = new Transaction(now, nextXid++);
      open.put(writer, transaction);
    }
    if (!transaction.prepared) {
      transaction.rows.add(new Row(++lastId, transaction.start, transaction.xid));
    }
  }

  private Watermark look() {
    String highest =
        kind == CursorKind.BIGINT
            ? committed.stream().map(this::cursor).reduce(this::higher).orElse(null)
            : null;
    now = now.plusMillis(1);
    List<Activity.Session> sessions = new ArrayList<>();
    long prepared = 0;
    long xmin = nextXid;
    for (Map.Entry<Integer, Transaction> entry : open.entrySet()) {
      Transaction transaction = entry.getValue();
      xmin = Math.min(xmin, transaction.xid);
      if (transaction.prepared) {
        prepared++;
      } else {
        sessions.add(
            new Activity.Session(
                entry.getKey(),
                "client backend",
                "idle in transaction",
                transaction.start,
                transaction.start,
                true,
                false));
      }
    }
    Activity activity =
        shown.apply(new Activity(now, sessions, prepared, Long.toString(xmin), null));
    CursorOrigin origin = kind == CursorKind.BIGINT ? CursorOrigin.SEQUENCE : CursorOrigin.DATABASE;
    BoundSettings settings =
        new BoundSettings(
            false, BoundSettings.StampedBy.AUTO, null, Duration.ZERO, 1_000_000, null);
    RunBound bound =
        RunBound.of(new Look(new CursorRead(kind, origin, highest), activity), settings, history);
    return new Watermark(kind, bound, now, LATENESS, settings.idLateness(), false);
  }

  private void extract() {
    Watermark plan = planned;
    if (plan == null) {
      return;
    }
    String from = low;
    List<Row> read = committed.stream().filter(row -> from == null || !isBelow(row, from)).toList();
    target.addAll(read);
    low = plan.next(read.stream().map(this::cursor).reduce(this::higher).orElse(null), from);
    history = plan.bound().history();
    planned = null;
  }

  private boolean isBelow(Row row, String from) {
    return CursorPosition.parse(kind, cursor(row)).compareTo(CursorPosition.parse(kind, from)) < 0;
  }

  private String higher(String one, String other) {
    return Watermark.lower(kind, one, other).equals(one) ? other : one;
  }

  private String cursor(Row row) {
    return switch (kind) {
      case TIMESTAMPTZ, TIMESTAMP, DATE -> CursorPosition.at(kind, row.stamp()).text();
      case SMALLINT, INTEGER, BIGINT -> Long.toString(row.id());
      case XID8 -> Long.toString(row.xid());
    };
  }
}
