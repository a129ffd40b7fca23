package io.deltaferry.cli.deadletter;

import io.deltaferry.cli.endpoint.Deployment;
import io.deltaferry.cli.sync.TableProgress;
import io.deltaferry.error.DeltaferryException;
import io.deltaferry.gcp.PubSubPublisher;
import io.deltaferry.gcp.StorageControlStore;
import io.deltaferry.run.ControlStore;
import io.deltaferry.service.Topology;
import io.deltaferry.table.TableFile;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** The dead letters of a deployment; nobody else sees them until this is closed. */
public final class DeadLetters implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private final Deployment deployment;
  private final ControlStore control;
  private final ReadDeadLetter reader;
  private final Letterbox box;
  private final Clock clock;

  public DeadLetters(Deployment deployment, Clock clock) {
    TableFile tables = deployment.tables();
    this.deployment = deployment;
    this.control = new StorageControlStore(deployment.clients().storage(), tables.bucket());
    this.reader = new ReadDeadLetter(tables);
    this.box =
        new Letterbox(
            deployment.clients(),
            tables.topicPrefix() + Topology.DEFAULT.deadLettersSubscription().name(),
            PATIENCE,
            clock);
    this.clock = clock;
  }

  /** All that nobody else looks at, the oldest first. */
  public List<DeadLetter> all() {
    return look(List.of());
  }

  /**
   * Those with these ids, in this order.
   *
   * @throws IllegalStateException naming the ids that no letter has
   */
  public List<DeadLetter> named(List<String> ids) {
    Map<String, DeadLetter> letters = new LinkedHashMap<>();
    look(ids).forEach(letter -> letters.put(letter.id(), letter));
    List<String> missing = ids.stream().filter(id -> !letters.containsKey(id)).toList();
    if (!missing.isEmpty()) {
      throw new IllegalStateException(
          "no dead letter has the id "
              + String.join(", ", missing)
              + "; `deltaferry dead-letters list` shows the ids, and what somebody else looks at"
              + " comes back within a minute");
    }
    return ids.stream().distinct().map(letters::get).toList();
  }

  /** What a replay does, as the bucket and the table file stand now. */
  public Replay plan(DeadLetter letter) {
    return Replay.of(letter, RunState.of(control, letter).orElse(null), tableProblem(letter));
  }

  /**
   * Replays letters, and takes each out once what it asks for is published. Whoever dies between
   * the two leaves a letter whose next replay is the same request.
   *
   * @param told of each letter as soon as it is done with, since a later one may fail
   * @return what can be followed now
   */
  public List<TableProgress> replay(
      Map<DeadLetter, Replay> plans, BiConsumer<DeadLetter, Replay> told) {
    List<TableProgress> underWay = new ArrayList<>();
    try (PubSubPublisher publisher = new PubSubPublisher(deployment.clients())) {
      plans.forEach(
          (letter, plan) -> {
            if (plan instanceof Replay.Publish some) {
              publisher.publish(topic(some), some.message().data(), some.message().attributes());
              String requestId = some.requestId();
              if (requestId != null) {
                underWay.add(TableProgress.requested(some.table(), requestId, clock.instant()));
              }
            }
            if (!(plan instanceof Replay.Refused)) {
              box.takeOut(List.of(letter.id()));
            }
            told.accept(letter, plan);
          });
    }
    return underWay;
  }

  /** Takes letters out without doing anything about them. */
  public void drop(List<DeadLetter> letters) {
    box.takeOut(letters.stream().map(DeadLetter::id).toList());
  }

  @Override
  public void close() {
    box.close();
  }

  /** Those with these ids, as soon as they are found; no ids mean all. */
  private List<DeadLetter> look(List<String> ids) {
    return box.look(seen -> !ids.isEmpty() && seen.containsAll(ids)).stream()
        .map(reader::read)
        .sorted(Comparator.comparing(DeadLetter::when))
        .toList();
  }

  private @Nullable String tableProblem(DeadLetter letter) {
    try {
      deployment.tables().requiredTable(String.valueOf(letter.table()));
      return null;
    } catch (DeltaferryException e) {
      return e.getMessage();
    }
  }

  private String topic(Replay.Publish plan) {
    Topology.Service service =
        Objects.requireNonNull(Topology.DEFAULT.services().get(plan.service()));
    return deployment.tables().topicPrefix()
        + Topology.DEFAULT.topics().byKey().get(service.topic());
  }
}
