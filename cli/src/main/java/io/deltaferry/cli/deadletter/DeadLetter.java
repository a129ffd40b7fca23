package io.deltaferry.cli.deadletter;

import com.google.protobuf.Timestamp;
import com.google.pubsub.v1.PubsubMessage;
import java.time.Instant;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A dead letter.
 *
 * @param id its own message id, by which a person names it
 * @param when it was published
 * @param table null when nothing says it
 * @param run its number; null when nothing says it
 * @param stage that refused it, or never answered; null when nothing says it
 * @param code the error's; null when Pub/Sub itself gave the message up
 * @param attempts how often it was delivered; null when nothing says it
 * @param reason for a person
 * @param message as it lies in the subscription
 */
public record DeadLetter(
    String id,
    Instant when,
    @Nullable String table,
    @Nullable Long run,
    @Nullable String stage,
    @Nullable String code,
    @Nullable Long attempts,
    String reason,
    Content content,
    PubsubMessage message) {
  private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,9}");

  /** The number in an attribute, as large as a run's may be; null when it holds none. */
  static @Nullable Long number(@Nullable String attribute) {
    return attribute != null && NUMBER.matcher(attribute).matches()
        ? Long.valueOf(attribute)
        : null;
  }

  static Instant instant(Timestamp time) {
    return Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
  }
}
