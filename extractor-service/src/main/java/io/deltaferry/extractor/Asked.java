package io.deltaferry.extractor;

import io.deltaferry.error.DeltaferryException;
import io.deltaferry.error.ErrorCode;
import io.deltaferry.message.BackfillOptions;
import io.deltaferry.message.ExtractRequest;
import io.deltaferry.message.IncomingEvent;
import io.deltaferry.message.Messages;
import io.deltaferry.message.PubSubMessage;
import io.deltaferry.message.RequestId;
import io.deltaferry.message.RunOptions;
import io.deltaferry.table.SyncMode;
import io.deltaferry.table.TableConfig;
import io.deltaferry.table.TableFile;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.MDC;

/** A request, and what its message and the table file add to it. */
record Asked(ExtractRequest request, TableConfig table, String id, PubSubMessage message) {
  /** The message that the event is. */
  static PubSubMessage message(IncomingEvent event) {
    if (event instanceof PubSubMessage message) {
      return message;
    }
    throw new DeltaferryException(
        ErrorCode.MESSAGE_INVALID,
        "the extractor takes requests such as {\"table\":\"orders\"}, this is an object event;"
            + " check which topic its subscription reads");
  }

  /** Reads a request for a table, and marks the log lines with that. */
  static Asked of(PubSubMessage message, TableFile tables) {
    ExtractRequest request = Messages.extractRequest(message.text());
    MDC.put("table", request.table());
    TableConfig table = tables.requiredTable(request.table());
    String id = RequestId.of(request, table, message);
    ExtractRequest named =
        new ExtractRequest(request.table(), request.mode(), id, request.options());
    return new Asked(resolved(named, table, message.publishTime()), table, id, message);
  }

  /** Whether it ends what others have asked for, and asks for nothing itself. */
  boolean stopsBackfill() {
    BackfillOptions backfill = request.options().backfill();
    return backfill != null && backfill.stop();
  }

  /** The same with what the table file says where the request says nothing. */
  static ExtractRequest resolved(ExtractRequest request, TableConfig table, Instant publishedAt) {
    SyncMode mode = request.mode() == null ? table.mode() : request.mode();
    RunOptions options = request.options();
    Duration usual = table.modes().window();
    if (mode == SyncMode.WINDOW && !options.hasWindow() && usual != null) {
      options = RunOptions.last(usual);
    }
    refuseOthers(mode, options);
    refuseOtherProgress(mode, table);
    return new ExtractRequest(
        request.table(), mode, request.requestId(), options.fixed(publishedAt));
  }

  /** A table's watermark is a cursor's value, or the number of an entry of its log. */
  private static void refuseOtherProgress(SyncMode mode, TableConfig table) {
    if (mode == SyncMode.CHANGE_LOG) {
      table.requiredLog();
    }
    if (mode == SyncMode.INCREMENTAL && table.mode() == SyncMode.CHANGE_LOG) {
      throw new DeltaferryException(
          ErrorCode.MESSAGE_INVALID,
          "tables.%s goes on where its log was read to, and no cursor knows where that is; leave the mode away, or ask for \"mode\": \"window\""
              .formatted(table.name()));
    }
  }

  private static void refuseOthers(SyncMode mode, RunOptions options) {
    if (mode != SyncMode.WINDOW && mode != SyncMode.BACKFILL && options.hasWindow()) {
      throw new DeltaferryException(
          ErrorCode.MESSAGE_INVALID,
          "only the modes window and backfill have a window, this request is for %s; add \"mode\": \"window\", or leave"
                  .formatted(mode.word())
              + " away from, to and last");
    }
    if (mode != SyncMode.TEST && options.rows() != null) {
      throw new DeltaferryException(
          ErrorCode.MESSAGE_INVALID,
          "only mode test tries a number of rows, this request is for %s; leave 'rows' away"
              .formatted(mode.word()));
    }
    if (mode != SyncMode.BACKFILL && options.backfill() != null) {
      throw new DeltaferryException(
          ErrorCode.MESSAGE_INVALID,
          "only mode backfill has order, after and stop, this request is for %s; add \"mode\":"
                  .formatted(mode.word())
              + " \"backfill\", or leave them away");
    }
    if (mode != SyncMode.RECONCILE && mode != SyncMode.CHANGE_LOG && options.maxDeletes() != null) {
      throw new DeltaferryException(
          ErrorCode.MESSAGE_INVALID,
          "only the modes reconcile and change_log delete rows, this request is for %s; add \"mode\": \"reconcile\", or leave max_deletes away"
              .formatted(mode.word()));
    }
  }
}
