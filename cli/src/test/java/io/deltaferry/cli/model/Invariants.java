package io.deltaferry.cli.model;

import io.deltaferry.message.Messages;
import io.deltaferry.message.SyncCompleted;
import io.deltaferry.message.SyncOutcome;
import io.deltaferry.plan.RunPlan;
import io.deltaferry.run.EndOfRun;
import io.deltaferry.run.KnownRun;
import io.deltaferry.run.ObjectNames;
import io.deltaferry.run.RunId;
import io.deltaferry.run.RunJson;
import io.deltaferry.run.StoredObject;
import io.deltaferry.table.TableRef;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What holds at every moment, and what holds in peace. */
final class Invariants {
  private static final TableRef TARGET = new TableRef(World.PROJECT, "shop", World.TABLE);
  private static final TableRef STATE =
      RunPlan.stateTable(World.PROJECT, World.CONTROL, World.TABLE);
  private static final TableRef RUNS = RunPlan.runsTable(World.PROJECT, World.CONTROL);

  private final SourceModel source;
  private final BucketModel bucket;
  private final WarehouseModel warehouse;
  private final BrokerModel broker;
  private final List<String> story;
  private final Set<String> ended = new HashSet<>();
  private long newest;
  private int answers;

  Invariants(
      SourceModel source,
      BucketModel bucket,
      WarehouseModel warehouse,
      BrokerModel broker,
      List<String> story) {
    this.source = source;
    this.bucket = bucket;
    this.warehouse = warehouse;
    this.broker = broker;
    this.story = story;
  }

  /** What holds at every moment. */
  void check() {
    Map<Long, SourceModel.Version> target = target();
    Map<String, @Nullable String> state =
        warehouse.rows(STATE).stream().findFirst().orElse(Map.of());
    long seq = Long.parseLong(String.valueOf(state.getOrDefault("seq", "0")));
    if (seq < newest) {
      throw broken("the state goes back from run " + newest + " to run " + seq);
    }
    newest = seq;
    requireReach(target, state.get("next_low"));
    requireEnds(target);
    requireAnswers(target);
  }

  /** The target by key: each key once, and nothing that was never committed. */
  private Map<Long, SourceModel.Version> target() {
    Map<Long, SourceModel.Version> target = new HashMap<>();
    for (Map<String, @Nullable String> row : warehouse.rows(TARGET)) {
      String stamp = String.valueOf(row.get(WarehouseModel.CURSOR));
      SourceModel.Version version =
          new SourceModel.Version(
              Long.parseLong(String.valueOf(row.get("id"))),
              String.valueOf(row.get("value")),
              Instant.parse(stamp.replace(' ', 'T').replace("+00", "Z")));
      if (!source.knew(version)) {
        throw broken("the target invents " + version);
      }
      if (target.put(version.id(), version) != null) {
        throw broken("the target has row " + version.id() + " twice");
      }
    }
    return target;
  }

  /** Whatever the target lacks is read again. */
  private void requireReach(Map<Long, SourceModel.Version> target, @Nullable String nextLow) {
    for (SourceModel.Row row : source.rows()) {
      boolean there = row.version().equals(target.get(row.id()));
      if (!there && nextLow != null && SourceModel.text(row.stamp()).compareTo(nextLow) < 0) {
        throw broken("lost: %s, and the next run reads from %s".formatted(row.version(), nextLow));
      }
    }
  }

  private void requireEnds(Map<Long, SourceModel.Version> target) {
    for (StoredObject object :
        bucket.list(ObjectNames.controlPrefix(World.TABLE), Integer.MAX_VALUE)) {
      if (object.name().endsWith("/end.json") && ended.add(object.name())) {
        requireEnd(
            target, RunJson.read(object.name(), bucket.content(object.name()), EndOfRun.class));
      }
    }
  }

  /** A run that ended well has brought what was committed before it began. */
  private void requireEnd(Map<Long, SourceModel.Version> target, EndOfRun end) {
    boolean merged =
        warehouse.rows(RUNS).stream()
            .anyMatch(row -> Long.toString(end.seq()).equals(row.get("seq")));
    if (end.outcome() == SyncOutcome.COMPLETED && !merged) {
      throw broken("run " + end.run() + " is said to be completed, and has merged nothing");
    }
    if (end.outcome() == SyncOutcome.COMPLETED || end.outcome() == SyncOutcome.EMPTY) {
      Instant began = plan(end.run()).clock();
      for (SourceModel.Row row : source.rows()) {
        if (row.committed().isBefore(began) && !row.version().equals(target.get(row.id()))) {
          throw broken(
              "run %s ended well, and the target lacks %s, committed before it began"
                  .formatted(end.run(), row.version()));
        }
      }
    }
  }

  /** Whoever had to wait for a run is told of one that has brought what was there when it asked. */
  private void requireAnswers(Map<Long, SourceModel.Version> target) {
    List<String> told = broker.ends();
    for (; answers < told.size(); answers++) {
      SyncCompleted end = Messages.syncCompleted(told.get(answers));
      if (end.outcome() == SyncOutcome.COMPLETED || end.outcome() == SyncOutcome.EMPTY) {
        requireAnswer(target, end);
      }
    }
  }

  private void requireAnswer(Map<Long, SourceModel.Version> target, SyncCompleted end) {
    RunPlan plan = plan(new RunId(end.table(), end.seq()));
    // What goes on with the plan of an abandoned run begins when that was planned.
    Instant asked = plan.takesOver() == null ? asked(end.requestId()) : plan.clock();
    for (SourceModel.Row row : source.rows()) {
      if (row.committed().isBefore(asked) && !row.version().equals(target.get(row.id()))) {
        throw broken(
            "request %s is told of run %d, and the target lacks %s, committed before it asked"
                .formatted(end.requestId(), end.seq(), row.version()));
      }
    }
  }

  /** When the request was first kept beside a run. */
  private Instant asked(String requestId) {
    return bucket.list("pending/", Integer.MAX_VALUE).stream()
        .filter(object -> object.name().endsWith("/" + requestId + ".json"))
        .map(StoredObject::created)
        .min(Comparator.naturalOrder())
        .orElse(Instant.MIN);
  }

  private RunPlan plan(RunId run) {
    String name = ObjectNames.plan(run);
    return RunJson.read(name, bucket.content(name), RunPlan.class);
  }

  /** When every message was handled, no run waits for anything, and no request for any run. */
  void requireAllEnded() {
    List<KnownRun> runs = KnownRun.of(bucket, World.TABLE);
    for (KnownRun run : runs) {
      if (!run.ended()) {
        throw broken("nobody is left to go on with run " + run.id());
      }
    }
    Set<String> answered = new HashSet<>();
    broker.ends().forEach(end -> answered.add(Messages.syncCompleted(end).requestId()));
    for (StoredObject object : bucket.list("pending/", Integer.MAX_VALUE)) {
      String id = object.name().replaceAll(".*/|\\.json", "");
      if (!id.startsWith("tick-") && !answered.contains(id) && broker.deadLetters() == 0) {
        throw broken("nobody is left to answer the request " + id);
      }
    }
  }

  /** The end of the newest run, if it has one and began after that moment. */
  Optional<EndOfRun> endSince(Instant moment) {
    RunId newestRun = KnownRun.of(bucket, World.TABLE).get(0).id();
    String name = ObjectNames.end(newestRun);
    return bucket
        .read(name)
        .map(content -> RunJson.read(name, content, EndOfRun.class))
        .filter(
            end ->
                end.outcome() == SyncOutcome.FAILED || !plan(newestRun).clock().isBefore(moment));
  }

  /** In peace both sides are the same. */
  void requireEqual() {
    Map<Long, SourceModel.Version> expected = new HashMap<>();
    source.rows().forEach(row -> expected.put(row.id(), row.version()));
    Map<Long, SourceModel.Version> target = target();
    if (!target.equals(expected)) {
      throw broken(
          "after a sync in peace the target has %s, the source %s"
              .formatted(target.values(), expected.values()));
    }
  }

  private Broken broken(String what) {
    return new Broken(what, story);
  }
}
