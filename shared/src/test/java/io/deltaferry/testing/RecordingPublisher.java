package io.deltaferry.testing;

import io.deltaferry.run.Publisher;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Keeps what is published, for tests. */
public final class RecordingPublisher implements Publisher {
  private final List<Message> messages = new ArrayList<>();

  /** One published message. */
  public record Message(String topic, String text, Map<String, String> attributes) {}

  @Override
  public synchronized String publish(String topic, byte[] data, Map<String, String> attributes) {
    messages.add(new Message(topic, new String(data, StandardCharsets.UTF_8), attributes));
    return Integer.toString(messages.size());
  }

  /** Everything published to a topic, in order. */
  public synchronized List<Message> messages(String topic) {
    return messages.stream().filter(message -> message.topic().equals(topic)).toList();
  }

  /** The texts published to a topic, in order. */
  public synchronized List<String> texts(String topic) {
    return messages(topic).stream().map(Message::text).toList();
  }
}
