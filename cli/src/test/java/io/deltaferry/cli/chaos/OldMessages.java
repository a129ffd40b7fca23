package io.deltaferry.cli.chaos;

import io.deltaferry.cli.endtoend.RunningStack;
import io.deltaferry.message.ExtractRequest;
import io.deltaferry.message.LoadedDelta;
import io.deltaferry.message.Messages;
import io.deltaferry.message.OutgoingMessage;
import io.deltaferry.message.StagedDelta;
import io.deltaferry.message.SyncCompleted;
import io.deltaferry.run.ObjectNames;
import io.deltaferry.run.RunId;
import io.deltaferry.run.StoredObject;
import io.deltaferry.service.Topology;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/** Messages of runs that ended long ago, published again. */
final class OldMessages {
  private static final Topology.Topics TOPICS = Topology.DEFAULT.topics();
  private static final int ALL = 100_000;

  /** A request finds its run as far back as one listing shows runs; that is further. */
  private static final int NEWEST = 10;

  private final RunningStack stack;
  private final Random random;
  private int published;

  OldMessages(RunningStack stack, Random random) {
    this.stack = stack;
    this.random = random;
  }

  /** One of the table's, when it has any. */
  void replayOne(String table) {
    List<SyncCompleted> ends = ends(table);
    if (ends.isEmpty()) {
      return;
    }
    RunId run = new RunId(table, ends.get(random.nextInt(ends.size())).seq());
    if (stack.control().read(ObjectNames.manifest(run)).isEmpty()) {
      // It brought nothing, and nobody was told of any rows.
      return;
    }
    if (random.nextBoolean()) {
      staged(run);
    } else {
      loaded(run);
    }
  }

  /** Everything that anybody was told of the table's runs. */
  void replayAll(String table) {
    stack.control().list(ObjectNames.MANIFESTS + table + "/", ALL).stream()
        .map(StoredObject::name)
        .flatMap(name -> ObjectNames.runOfManifest(name).stream())
        .forEach(
            run -> {
              staged(run);
              loaded(run);
            });
    ends(table).stream()
        .sorted(Comparator.comparingLong(SyncCompleted::seq).reversed())
        .map(SyncCompleted::requestId)
        .distinct()
        .limit(NEWEST)
        .map(request -> new ExtractRequest(table, null, request))
        .forEach(request -> publish(TOPICS.extractRequests(), Messages.encode(request)));
  }

  /** How many there were. */
  int published() {
    return published;
  }

  private List<SyncCompleted> ends(String table) {
    return stack.ends().stream().filter(end -> end.table().equals(table)).toList();
  }

  private void staged(RunId run) {
    publish(
        TOPICS.stagedDeltas(),
        Messages.encode(
            new StagedDelta(RunningStack.BUCKET, ObjectNames.manifest(run), 0, 1, Instant.EPOCH)));
  }

  private void loaded(RunId run) {
    String temp = run.table() + "__" + run.seq();
    publish(
        TOPICS.loadedDeltas(),
        Messages.encode(new LoadedDelta(run.table(), run.seq(), ObjectNames.manifest(run), temp)));
  }

  private void publish(String topic, OutgoingMessage message) {
    stack.publish(topic, message);
    published++;
  }
}
