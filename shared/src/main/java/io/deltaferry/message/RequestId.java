package io.deltaferry.message;

import io.deltaferry.error.DeltaferryException;
import io.deltaferry.error.ErrorCode;
import io.deltaferry.table.CronSchedule;
import io.deltaferry.table.SyncMode;
import io.deltaferry.table.TableConfig;
import java.util.Optional;
import java.util.regex.Matcher;
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

  /** Between the id of a backfill's request and the number of a run; in no other id. */
  private static final String STEP = "~";

  private static final Pattern OF_STEP =
      Pattern.compile("([A-Za-z0-9._-]{1," + LONGEST + "})" + STEP + "([0-9]{1,9})");

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
      return tick(request.mode(), table, message);
    }
    BackfillOptions backfill = request.options().backfill();
    boolean goesOn = backfill != null && backfill.after() != null;
    if (!OWN.matcher(own).matches() && !(goesOn && OF_STEP.matcher(own).matches())) {
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
    String whole = ofBackfill(original);
    int earlier = whole.indexOf("-" + REPLAY);
    String first = earlier < 0 ? whole : whole.substring(0, earlier);
    int room = LONGEST - replay.length() - 1;
    return first.substring(0, Math.min(first.length(), room)) + "-" + replay;
  }

  /** The request whose backfill a run is part of; of any other run its own. */
  public static String ofBackfill(String requestId) {
    Matcher step = OF_STEP.matcher(requestId);
    return step.matches() ? step.group(1) : requestId;
  }

  /** The id of a run within its backfill, also of the first one. */
  public static String ofStep(String requestId) {
    return OF_STEP.matcher(requestId).matches() ? requestId : requestId + STEP + 1;
  }

  /** The id of the run that follows within its backfill. */
  public static String ofNextStep(String requestId) {
    Matcher step = OF_STEP.matcher(ofStep(requestId));
    if (!step.matches()) {
      throw new IllegalArgumentException("not the id of a request");
    }
    return step.group(1) + STEP + (Long.parseLong(step.group(2)) + 1);
  }

  private static Optional<String> tick(
      @Nullable SyncMode mode, @Nullable TableConfig table, PubSubMessage message) {
    String schedule = table == null ? null : schedule(mode, table);
    if (table == null
        || schedule == null
        || !"schedule".equals(message.attributes().get(TRIGGER))) {
      return Optional.empty();
    }
    SyncMode other = mode == table.mode() ? null : mode;
    return CronSchedule.parse(schedule)
        .latestTick(message.publishTime())
        .map(tick -> ExtractRequest.tickId(tick, other));
  }

  private static @Nullable String schedule(@Nullable SyncMode mode, TableConfig table) {
    return mode == SyncMode.RECONCILE ? table.reconcile().schedule() : table.schedule();
  }
}
