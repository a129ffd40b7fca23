package io.deltaferry.cli.deadletter;

import com.google.pubsub.v1.PubsubMessage;
import io.deltaferry.error.DeltaferryException;
import io.deltaferry.error.ErrorCode;
import io.deltaferry.message.Envelopes;
import io.deltaferry.message.ExtractRequest;
import io.deltaferry.message.IncomingEvent;
import io.deltaferry.message.LoadedDelta;
import io.deltaferry.message.Messages;
import io.deltaferry.message.ObjectFinalized;
import io.deltaferry.message.OutgoingMessage;
import io.deltaferry.message.PubSubMessage;
import io.deltaferry.message.RequestId;
import io.deltaferry.message.SliceRequest;
import io.deltaferry.message.StagedDelta;
import io.deltaferry.run.ObjectNames;
import io.deltaferry.run.RunId;
import io.deltaferry.table.TableConfig;
import io.deltaferry.table.TableFile;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Understands what lies in the dead letters: what a service put there, and what Pub/Sub did. */
final class ReadDeadLetter {
  private final TableFile tables;

  ReadDeadLetter(TableFile tables) {
    this.tables = tables;
  }

  DeadLetter read(PubsubMessage letter) {
    Optional<Forwarded> forwarded = Forwarded.of(letter, tables.topicPrefix());
    return forwarded.isPresent() ? of(letter, forwarded.get()) : refused(letter);
  }

  private DeadLetter of(PubsubMessage letter, Forwarded forwarded) {
    Content content = content(forwarded.stage(), forwarded::event, /* idIsLost= */ true);
    return new DeadLetter(
        letter.getMessageId(),
        DeadLetter.instant(letter.getPublishTime()),
        table(content, letter),
        run(content, letter),
        forwarded.stage(),
        null,
        forwarded.attempts(),
        forwarded.reason(),
        content,
        letter);
  }

  /** What a service published, with the reason in the attributes. */
  private DeadLetter refused(PubsubMessage letter) {
    Map<String, String> attributes = letter.getAttributesMap();
    byte[] body = letter.getData().toByteArray();
    String stage = attributes.get("stage");
    Content content = content(stage, () -> Envelopes.decode(Map.of(), body), /* idIsLost= */ false);
    return new DeadLetter(
        letter.getMessageId(),
        DeadLetter.instant(letter.getPublishTime()),
        table(content, letter),
        run(content, letter),
        stage,
        attributes.get("error_code"),
        DeadLetter.number(attributes.get("attempts")),
        attributes.getOrDefault("error_message", "nobody said why"),
        content,
        letter);
  }

  private static @Nullable String table(Content content, PubsubMessage letter) {
    if (content instanceof Content.Request asked) {
      return asked.request().table();
    }
    return content instanceof Content.Step step
        ? step.run().table()
        : letter.getAttributesMap().get("table");
  }

  private static @Nullable Long run(Content content, PubsubMessage letter) {
    return content instanceof Content.Step step
        ? Long.valueOf(step.run().seq())
        : DeadLetter.number(letter.getAttributesMap().get("run"));
  }

  /** Opens an event, or refuses to. */
  @FunctionalInterface
  private interface Opening {
    IncomingEvent open();
  }

  private Content content(@Nullable String stage, Opening event, boolean idIsLost) {
    if (stage == null) {
      return new Content.Unreadable("it comes from none of the services");
    }
    try {
      return switch (stage) {
        case "extractor" -> request(message(event.open()), idIsLost);
        case "loader" -> staged(event.open());
        case "merger" -> loaded(message(event.open()));
        default -> new Content.Unreadable("there is no service called " + stage);
      };
    } catch (DeltaferryException | IllegalArgumentException e) {
      return new Content.Unreadable(String.valueOf(e.getMessage()));
    }
  }

  private Content request(PubSubMessage message, boolean idIsLost) {
    if (Messages.isSliceRequest(message.text())) {
      SliceRequest slice = Messages.sliceRequest(message.text());
      return step(new RunId(slice.table(), slice.seq()), message);
    }
    ExtractRequest request = Messages.extractRequest(message.text());
    TableConfig table = tables.table(request.table()).orElse(null);
    String id = RequestId.ofContent(request, table, message).orElse(null);
    return new Content.Request(request, id != null || idIsLost ? id : RequestId.ofMessage(message));
  }

  private static Content staged(IncomingEvent event) {
    if (!(event instanceof ObjectFinalized object)) {
      throw misled("the loader takes events of objects, this is a plain message");
    }
    RunId run =
        ObjectNames.runOfManifest(object.name())
            .orElseThrow(() -> misled(object.name() + " is no manifest"));
    StagedDelta delta =
        new StagedDelta(
            object.bucket(), object.name(), object.generation(), object.size(), object.eventTime());
    return new Content.Step(run, Messages.encode(delta));
  }

  private static Content loaded(PubSubMessage message) {
    LoadedDelta loaded = Messages.loadedDelta(message.text());
    return step(new RunId(loaded.table(), loaded.seq()), message);
  }

  private static Content step(RunId run, PubSubMessage message) {
    return new Content.Step(run, new OutgoingMessage(message.text(), message.attributes()));
  }

  private static PubSubMessage message(IncomingEvent event) {
    if (event instanceof PubSubMessage message) {
      return message;
    }
    throw misled("the service takes messages, this is the event of an object");
  }

  private static DeltaferryException misled(String what) {
    return new DeltaferryException(
        ErrorCode.MESSAGE_INVALID, what + "; check which topic its subscription reads");
  }
}
