package io.deltaferry.cli.model;

import io.deltaferry.error.ErrorCode;
import io.deltaferry.message.ExtractRequest;
import io.deltaferry.message.Messages;
import io.deltaferry.message.SyncOutcome;
import io.deltaferry.run.EndOfRun;
import io.deltaferry.service.Handler;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.MDC;

/** Source, bucket, warehouse and broker, and the services between them, as a history moves them. */
final class World {
  static final String PROJECT = "project";
  static final String CONTROL = "control";
  static final String TABLE = "orders";

  /** Read by the tests' logging, which is silent then. */
  private static final String QUIET = "quiet";

  private static final Duration MOMENT = Duration.ofSeconds(1);
  private static final Duration LONG = Duration.ofHours(2);
  private static final int ROWS = 5;
  private static final int MOST_WRITERS = 3;
  private static final int MANY = 400;

  private final SourceModel source;
  private final BucketModel bucket;
  private final WarehouseModel warehouse;
  private final BrokerModel broker;
  private final Calls calls;
  private final Services services;
  private final Invariants invariants;
  private final List<String> story = new ArrayList<>();
  private Deque<Action> rest = new ArrayDeque<>();
  private int depth;
  private int lost;
  private int damaged;
  private int deliveries;
  private int faults;

  World(Sabotage sabotage) {
    source = new SourceModel(sabotage);
    calls = new Calls(this::struck);
    broker = new BrokerModel(source, sabotage, calls);
    bucket = new BucketModel(source, sabotage, calls, object -> broker.announce(object));
    warehouse = new WarehouseModel(source, bucket, sabotage, calls);
    services = new Services(source, bucket, warehouse, broker, calls);
    invariants = new Invariants(source, bucket, warehouse, broker, story);
  }

  /**
   * Plays the history, and then a sync in peace.
   *
   * @throws Broken when something is not as it must be
   */
  void play(List<Action> history) {
    rest = new ArrayDeque<>(history);
    while (!rest.isEmpty()) {
      act(rest.remove());
    }
    settle();
    // What is open by then may have been too old for all watermarks.
    source.open(true).forEach(source::commit);
    source.open(false).forEach(source::commit);
    tell("commit everything");
    settle();
  }

  private void act(Action action) {
    source.pass(MOMENT);
    switch (action.kind()) {
      case BEGIN -> begin();
      case WRITE -> write(action.pick());
      case COMMIT -> commit(action.pick());
      case PREPARE -> pick(source.open(false), action).ifPresent(this::prepare);
      case ROLLBACK -> pick(source.open(false), action).ifPresent(this::rollBack);
      case SYNC -> request(action.pick());
      case SYNC_THROUGH -> {
        request(action.pick());
        drain();
      }
      case DELIVER -> pick(broker.waiting(), action).ifPresent(one -> deliver(one, action.fault()));
      case DELIVER_AGAIN ->
          pick(broker.known(), action).ifPresent(one -> deliver(one, action.fault()));
      case WAIT -> {
        source.pass(LONG);
        tell("two hours pass");
      }
      case SLOW -> {
        source.slow();
        tell("the next slice is too slow");
      }
      case DAMAGE -> bucket.damage().ifPresent(this::damaged);
    }
    invariants.check();
  }

  /** Mostly the first, so that things go on. */
  private static <T> Optional<T> pick(List<T> candidates, Action action) {
    return candidates.isEmpty()
        ? Optional.empty()
        : Optional.of(candidates.get(Math.min(action.pick() / 3, candidates.size() - 1)));
  }

  private void begin() {
    if (source.open(false).size() < MOST_WRITERS) {
      tell("begin " + source.begin());
    }
  }

  /** In a transaction that is open, or in one of its own. */
  private void write(int pick) {
    List<String> open = source.open(false);
    long id = 1L + pick % ROWS;
    int writer = pick / ROWS;
    if (writer >= open.size()) {
      String own = source.begin();
      if (source.isFree(own, id)) {
        tell("write " + source.write(own, id));
        source.commit(own);
      } else {
        source.end(own);
      }
    } else if (source.isFree(open.get(writer), id)) {
      tell("write " + source.write(open.get(writer), id) + " in " + open.get(writer));
    }
  }

  private void commit(int pick) {
    List<String> open = new ArrayList<>(source.open(false));
    open.addAll(source.open(true));
    if (!open.isEmpty()) {
      String chosen = open.get(pick % open.size());
      source.commit(chosen);
      tell("commit " + chosen);
    }
  }

  private void prepare(String transaction) {
    source.prepare(transaction);
    tell("prepare " + transaction);
  }

  private void rollBack(String transaction) {
    source.end(transaction);
    tell("roll back " + transaction);
  }

  private void damaged(String part) {
    damaged++;
    tell(part + " loses a row");
  }

  private void request(int pick) {
    String id = pick % 2 == 0 ? ExtractRequest.tickId(source.now()) : null;
    broker.request(Messages.encode(new ExtractRequest(TABLE, null, id)).json());
    tell("sync orders" + (id == null ? "" : ", as the scheduler"));
  }

  private void deliver(BrokerModel.Message message, Fault fault) {
    deliveries++;
    tell("deliver " + (message.isDelivered() ? message + " again" : message));
    depth++;
    boolean acknowledged = false;
    Map<String, String> marks = MDC.getCopyOfContextMap();
    MDC.clear();
    try {
      Handler instance = services.instance(message.stage());
      MDC.put(QUIET, "yes");
      Handler.Delivered answer = calls.handling(fault, () -> instance.handle(message.next()));
      acknowledged = answer.acknowledged();
      if (!answer.words().equals("done")) {
        tell(answer.words());
        if (answer.words().endsWith("INTERNAL")) {
          throw new Broken("a fault of our own", story);
        }
      }
    } catch (Crash crash) {
      tell("the instance dies");
    } finally {
      depth--;
      MDC.setContextMap(marks == null ? Map.of() : marks);
      if (message.ended(acknowledged)) {
        lost++;
        tell(message + " is given up");
      }
    }
  }

  private void struck(Fault fault, String call) {
    faults++;
    if (fault.kind() != Fault.Kind.NONE) {
      tell(fault.words() + ": " + call);
    }
    for (int i = 0; i < fault.actions() && !rest.isEmpty(); i++) {
      act(rest.remove());
    }
    if (fault.kind() == Fault.Kind.HOLD) {
      tell("goes on");
    }
  }

  private void drain() {
    for (int i = 0; i < MANY; i++) {
      List<BrokerModel.Message> waiting = broker.waiting();
      if (waiting.isEmpty()) {
        return;
      }
      deliver(waiting.get(0), Fault.NONE);
      invariants.check();
    }
    throw new Broken("the services never come to rest", story);
  }

  private void settle() {
    tell("in peace");
    drain();
    if (lost == 0) {
      invariants.requireAllEnded();
    }
    for (int i = 0; i <= 2 + damaged; i++) {
      source.pass(LONG);
      Instant quiet = source.now();
      request(1);
      drain();
      Optional<EndOfRun> end = invariants.endSince(quiet);
      if (end.filter(one -> one.code() == ErrorCode.BOUND_UNKNOWN).isPresent()) {
        // Something was prepared before anything was known: better no sync than a guess.
        return;
      }
      if (end.filter(one -> one.outcome() != SyncOutcome.FAILED).isPresent()) {
        invariants.requireEqual();
        return;
      }
      if (end.isPresent() && damaged == 0) {
        throw new Broken("in peace a run fails: " + end.get(), story);
      }
    }
    throw new Broken("no sync ends well in peace", story);
  }

  private void tell(String line) {
    story.add("  ".repeat(depth) + SourceModel.clock(source.now()) + " " + line);
  }

  int deliveries() {
    return deliveries;
  }

  int faults() {
    return faults;
  }
}
