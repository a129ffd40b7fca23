package io.deltaferry.localgcp.pubsub;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.MessageOrBuilder;
import com.google.protobuf.util.JsonFormat;
import com.google.pubsub.v1.PubsubMessage;
import com.google.pubsub.v1.Subscription;
import com.google.pubsub.v1.Topic;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** A journal entry as one line of JSON. */
final class JournalLine {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final JsonFormat.Printer PRINTER =
      JsonFormat.printer().omittingInsignificantWhitespace();

  private JournalLine() {}

  static String write(JournalEntry entry) {
    ObjectNode line = JSON.createObjectNode();
    if (entry instanceof JournalEntry.TopicSaved saved) {
      line.put("op", "topic").putRawValue("value", raw(saved.topic()));
    } else if (entry instanceof JournalEntry.TopicDeleted deleted) {
      line.put("op", "topic-deleted").put("name", deleted.name());
    } else if (entry instanceof JournalEntry.SubscriptionSaved saved) {
      line.put("op", "subscription").putRawValue("value", raw(saved.subscription()));
    } else if (entry instanceof JournalEntry.SubscriptionDeleted deleted) {
      line.put("op", "subscription-deleted").put("name", deleted.name());
    } else if (entry instanceof JournalEntry.MessageKept kept) {
      line.put("op", "message").set("to", strings(kept.subscriptions()));
      line.putRawValue("value", raw(kept.message()));
    } else if (entry instanceof JournalEntry.MessagesSettled settled) {
      line.put("op", "settled").put("name", settled.subscription());
      line.set("ids", strings(settled.messageIds()));
    }
    try {
      return JSON.writeValueAsString(line);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * @throws IOException when the line is not one that {@link #write} makes
   */
  static JournalEntry read(String text) throws IOException {
    JsonNode line = JSON.readTree(text);
    String name = line.path("name").asText();
    String op = line.path("op").asText();
    return switch (op) {
      case "topic" -> new JournalEntry.TopicSaved(value(line, Topic.newBuilder()).build());
      case "topic-deleted" -> new JournalEntry.TopicDeleted(name);
      case "subscription" ->
          new JournalEntry.SubscriptionSaved(value(line, Subscription.newBuilder()).build());
      case "subscription-deleted" -> new JournalEntry.SubscriptionDeleted(name);
      case "message" ->
          new JournalEntry.MessageKept(
              value(line, PubsubMessage.newBuilder()).build(), texts(line.path("to")));
      case "settled" -> new JournalEntry.MessagesSettled(name, texts(line.path("ids")));
      default -> throw new IOException("unknown journal operation \"" + op + "\"");
    };
  }

  private static <B extends Message.Builder> B value(JsonNode line, B builder)
      throws InvalidProtocolBufferException {
    JsonFormat.parser().ignoringUnknownFields().merge(line.path("value").toString(), builder);
    return builder;
  }

  private static RawValue raw(MessageOrBuilder message) {
    try {
      return new RawValue(PRINTER.print(message));
    } catch (InvalidProtocolBufferException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonNode strings(List<String> values) {
    return JSON.valueToTree(values);
  }

  private static List<String> texts(JsonNode array) {
    List<String> result = new ArrayList<>();
    array.forEach(node -> result.add(node.asText()));
    return result;
  }
}
