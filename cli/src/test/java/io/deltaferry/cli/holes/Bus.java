package io.deltaferry.cli.holes;

import io.deltaferry.message.IncomingEvent;
import io.deltaferry.message.Messages;
import io.deltaferry.message.ObjectFinalized;
import io.deltaferry.message.PubSubMessage;
import io.deltaferry.message.SyncCompleted;
import io.deltaferry.run.Publisher;
import io.deltaferry.service.Topology;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the stages tell each other, held until the test delivers it. */
final class Bus implements Publisher {
  private static final Topology.Topics TOPICS = Topology.DEFAULT.topics();

  /** Who gets an event. */
  enum To {
    EXTRACTOR,
    LOADER,
    MERGER
  }

  /** An event on its way. */
  record Delivery(To to, IncomingEvent event) {}

  private final Deque<Delivery> waiting = new ArrayDeque<>();
  private final List<SyncCompleted> ends = new ArrayList<>();
  private int number;

  @Override
  public synchronized String publish(String topic, byte[] data, Map<String, String> attributes) {
    String id = "m" + ++number;
    String text = new String(data, StandardCharsets.UTF_8);
    if (topic.equals(TOPICS.syncCompleted())) {
      ends.add(Messages.syncCompleted(text));
    } else if (topic.equals(TOPICS.stagedDeltas())) {
      finalized(String.valueOf(attributes.get("objectId")));
    } else {
      To to = topic.equals(TOPICS.extractRequests()) ? To.EXTRACTOR : To.MERGER;
      waiting.add(
          new Delivery(to, new PubSubMessage(id, Instant.now(), attributes, text, null, null)));
    }
    return id;
  }

  /** The bucket has a manifest that it had not. */
  synchronized void finalized(String manifest) {
    waiting.add(
        new Delivery(
            To.LOADER,
            new ObjectFinalized(
                "e" + ++number, Bench.BUCKET, manifest, 1, 1, Instant.now(), null)));
  }

  /** The next event, which is delivered then. */
  synchronized Optional<Delivery> poll() {
    return Optional.ofNullable(waiting.poll());
  }

  /** The next event, which has to be one for that stage. */
  synchronized Delivery next(To to) {
    Delivery next = waiting.remove();
    if (next.to() != to) {
      throw new AssertionError("the next event is for the " + next.to());
    }
    return next;
  }

  /** Whether that stage gets the next event. */
  synchronized boolean isNextFor(To to) {
    return !waiting.isEmpty() && waiting.peek().to() == to;
  }

  /** What was told last comes first. */
  synchronized void reverse() {
    List<Delivery> all = new ArrayList<>(waiting);
    Collections.reverse(all);
    waiting.clear();
    waiting.addAll(all);
  }

  /** Whatever is on its way gets lost. */
  synchronized void lose() {
    waiting.clear();
  }

  /** The ends that were told, in order. */
  synchronized List<SyncCompleted> ends() {
    return List.copyOf(ends);
  }
}
