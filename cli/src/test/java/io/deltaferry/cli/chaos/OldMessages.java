package io.deltaferry.cli.chaos;

import io.deltaferry.cli.endtoend.RunningStack;
import io.deltaferry.message.LoadedDelta;
import io.deltaferry.message.Messages;
import io.deltaferry.message.StagedDelta;
import io.deltaferry.message.SyncCompleted;
import io.deltaferry.run.ObjectNames;
import io.deltaferry.run.RunId;
import io.deltaferry.service.Topology;
import java.time.Instant;
import java.util.List;
import java.util.Random;

/** Messages of runs that ended long ago, published again. */
final class OldMessages {
  private static final Topology.Topics TOPICS = Topology.DEFAULT.topics();

  private final RunningStack stack;
  private final Random random;

  OldMessages(RunningStack stack, Random random) {
    this.stack = stack;
    this.random = random;
  }

  /** One of the table's, when it has any. */
  void replayOne(String table) {
    List<SyncCompleted> ends =
        stack.ends().stream().filter(end -> end.table().equals(table)).toList();
    if (ends.isEmpty()) {
      return;
    }
    RunId run = new RunId(table, ends.get(random.nextInt(ends.size())).seq());
    String manifest = ObjectNames.manifest(run);
    if (stack.control().read(manifest).isEmpty()) {
      // It brought nothing, and nobody was told of any rows.
      return;
    }
    if (random.nextBoolean()) {
      stack.publish(
          TOPICS.stagedDeltas(),
          Messages.encode(new StagedDelta(RunningStack.BUCKET, manifest, 0, 1, Instant.EPOCH)));
    } else {
      String temp = table + "__" + run.seq();
      stack.publish(
          TOPICS.loadedDeltas(),
          Messages.encode(new LoadedDelta(table, run.seq(), manifest, temp)));
    }
  }
}
