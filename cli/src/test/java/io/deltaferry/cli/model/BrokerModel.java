package io.deltaferry.cli.model;

import io.deltaferry.message.IncomingEvent;
import io.deltaferry.message.ObjectFinalized;
import io.deltaferry.message.PubSubMessage;
import io.deltaferry.run.Publisher;
import io.deltaferry.run.StoredObject;
import io.deltaferry.service.Topology;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Keeps each message until it is acknowledged, and delivers it as often as the history likes. */
final class BrokerModel implements Publisher {
  static final String BUCKET = "bucket";

  /** After so many deliveries the broker takes a message to the dead letters by itself. */
  static final int MOST_DELIVERIES = 5;

  private final List<Message> messages = new ArrayList<>();
  private final List<String> ends = new ArrayList<>();
  private final Topology.Topics topics = Topology.DEFAULT.topics();
  private final SourceModel clock;
  private final Sabotage sabotage;
  private final Calls calls;
  private int deadLetters;

  BrokerModel(SourceModel clock, Sabotage sabotage, Calls calls) {
    this.clock = clock;
    this.sabotage = sabotage;
    this.calls = calls;
  }

  /** A message to one of the services. */
  final class Message {
    private final int number = messages.size() + 1;
    private final String stage;
    private final String about;
    private final IncomingEvent event;
    private int deliveries;
    private boolean settled;
    private boolean delivering;

    Message(String stage, String about, IncomingEvent event) {
      this.stage = stage;
      this.about = about;
      this.event = event;
    }

    String stage() {
      return stage;
    }

    boolean isDelivered() {
      return deliveries > 0;
    }

    /** The event of one more delivery; begins it. */
    IncomingEvent next() {
      deliveries++;
      delivering = true;
      int attempt = Math.min(deliveries, MOST_DELIVERIES);
      return event instanceof PubSubMessage message
          ? message.delivered(attempt)
          : attempt((ObjectFinalized) event, attempt);
    }

    /** Ends a delivery; true when the broker gives the message up. */
    boolean ended(boolean acknowledged) {
      delivering = false;
      boolean lost = !acknowledged && !settled && deliveries >= MOST_DELIVERIES;
      settled = settled || acknowledged || lost;
      return lost;
    }

    @Override
    public String toString() {
      return about + " #" + number;
    }
  }

  private static ObjectFinalized attempt(ObjectFinalized object, int attempt) {
    return new ObjectFinalized(
        object.eventId(),
        object.bucket(),
        object.name(),
        object.generation(),
        object.size(),
        object.eventTime(),
        attempt);
  }

  /** Those that are to be delivered, oldest first. */
  List<Message> waiting() {
    return messages.stream().filter(one -> !one.settled && !one.delivering).toList();
  }

  /** Those that were delivered before, acknowledged or not. */
  List<Message> known() {
    return messages.stream().filter(Message::isDelivered).toList();
  }

  /** The texts of all ends that were told. */
  List<String> ends() {
    return ends;
  }

  int deadLetters() {
    return deadLetters;
  }

  /** As a person or a scheduler asks. */
  void request(String text) {
    add("extractor", "request", text, Map.of());
  }

  void announce(StoredObject object) {
    if (object.name().startsWith("manifests/")) {
      String about = "staged " + object.name().replaceAll("\\D", "");
      messages.add(
          new Message(
              "loader",
              about,
              new ObjectFinalized(
                  "event", BUCKET, object.name(), 1, object.size(), object.created(), null)));
    }
  }

  @Override
  public String publish(String topic, byte[] data, Map<String, String> attributes) {
    if (sabotage == Sabotage.NOT_TOLD_AGAIN && !calls.hasEffect()) {
      return "nobody";
    }
    String text = new String(data, StandardCharsets.UTF_8);
    String run = attributes.getOrDefault("seq", "");
    if (topic.equals(topics.extractRequests())) {
      add("extractor", run.isEmpty() ? "request" : "slice of " + run, text, attributes);
    } else if (topic.equals(topics.stagedDeltas())) {
      String name = attributes.getOrDefault("objectId", "");
      messages.add(
          new Message(
              "loader",
              "staged " + name.replaceAll("\\D", ""),
              new ObjectFinalized("told", BUCKET, name, 1, 1, clock.now(), null)));
    } else if (topic.equals(topics.loadedDeltas())) {
      add("merger", "loaded " + run, text, attributes);
    } else if (topic.equals(topics.syncCompleted())) {
      ends.add(text);
    } else {
      deadLetters++;
    }
    return "id";
  }

  private void add(String stage, String about, String text, Map<String, String> attributes) {
    String id = Integer.toString(messages.size() + 1);
    messages.add(
        new Message(
            stage, about, new PubSubMessage(id, clock.now(), attributes, text, null, null)));
  }
}
