package io.deltaferry.message;

import io.deltaferry.error.DeltaferryException;
import io.deltaferry.error.ErrorCode;
import io.deltaferry.table.CronSchedule;
import io.deltaferry.table.TableConfig;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Names a request so that every delivery of it has one name (architecture rule 11). A scheduler may
 * send one tick twice, under two message ids, so its request is named after the tick.
 */
public final class RequestId {
  /** The attribute by which a scheduler's message is known; its value is {@code schedule}. */
  static final String TRIGGER = "trigger";

  private static final int LONGEST = 100;
  private static final Pattern OWN = Pattern.compile("[A-Za-z0-9._-]{1," + LONGEST + "}");
  private static final String REPLAY = "replay-";

  private RequestId() {}

  /**
   * The request's own id, its tick, or its message's id.
   *
   * @throws DeltaferryException MESSAGE_INVALID when its own id cannot name an object
   */
  public static String of(ExtractRequest request, TableConfig table, PubSubMessage message) {
    return ofContent(request, table, message).orElseGet(() -> ofMessage(message));
  }

  /** The name of a request that has no other. */
  public static String ofMessage(PubSubMessage message) {
    return "message-" + message.messageId();
  }

  /**
   * The same of a message whose id is lost; empty when nothing else would name the request.
   *
   * @param table null when the table file does not have it
   * @throws DeltaferryException as {@link #of}
   */
  public static Optional<String> ofContent(
      ExtractRequest request, @Nullable TableConfig table, PubSubMessage message) {
    String own = request.requestId();
    if (own == null) {
      return tick(table, message);
    }
    if (!OWN.matcher(own).matches()) {
      throw new DeltaferryException(
          ErrorCode.MESSAGE_INVALID,
          "request_id must be 1 to 100 of A-Z a-z 0-9 . _ - (it names an object)");
    }
    return Optional.of(own);
  }

  /**
   * The id of the request that replays a dead letter: always the same for one letter, another for
   * each letter. It begins with the first request's id, however often that was replayed.
   *
   * @param original null when it is lost
   * @param letter the dead letter's message id
   */
  public static String ofReplay(@Nullable String original, String letter) {
    String replay = REPLAY + letter;
    if (original == null) {
      return replay;
    }
    int earlier = original.indexOf("-" + REPLAY);
    String first = earlier < 0 ? original : original.substring(0, earlier);
    int room = LONGEST - replay.length() - 1;
    return first.substring(0, Math.min(first.length(), room)) + "-" + replay;
  }

  private static Optional<String> tick(@Nullable TableConfig table, PubSubMessage message) {
    String schedule = table == null ? null : table.schedule();
    if (schedule == null || !"schedule".equals(message.attributes().get(TRIGGER))) {
      return Optional.empty();
    }
    return CronSchedule.parse(schedule)
        .latestTick(message.publishTime())
        .map(ExtractRequest::tickId);
  }
}
