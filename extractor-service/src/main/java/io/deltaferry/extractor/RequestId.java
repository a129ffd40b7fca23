package io.deltaferry.extractor;

import io.deltaferry.error.DeltaferryException;
import io.deltaferry.error.ErrorCode;
import io.deltaferry.message.ExtractRequest;
import io.deltaferry.message.PubSubMessage;
import io.deltaferry.table.CronSchedule;
import io.deltaferry.table.TableConfig;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Names a request so that every delivery of it has one name (architecture rule 12). A scheduler may
 * send one tick twice, under two message ids, so its request is named after the tick.
 */
final class RequestId {
  /** The attribute by which a scheduler's message is known; its value is {@code schedule}. */
  static final String TRIGGER = "trigger";

  private static final Pattern OWN = Pattern.compile("[A-Za-z0-9._-]{1,100}");

  private RequestId() {}

  /**
   * The request's own id, its tick, or its message's id.
   *
   * @throws DeltaferryException MESSAGE_INVALID when its own id cannot name an object
   */
  static String of(ExtractRequest request, TableConfig table, PubSubMessage message) {
    String own = request.requestId();
    if (own == null) {
      return tick(table, message).orElse("message-" + message.messageId());
    }
    if (!OWN.matcher(own).matches()) {
      throw new DeltaferryException(
          ErrorCode.MESSAGE_INVALID,
          "request_id must be 1 to 100 of A-Z a-z 0-9 . _ - (it names an object)");
    }
    return own;
  }

  private static Optional<String> tick(TableConfig table, PubSubMessage message) {
    String schedule = table.schedule();
    if (schedule == null || !"schedule".equals(message.attributes().get(TRIGGER))) {
      return Optional.empty();
    }
    return CronSchedule.parse(schedule)
        .latestTick(message.publishTime())
        .map(ExtractRequest::tickId);
  }
}
