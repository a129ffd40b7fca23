package io.deltaferry.extractor;

import io.deltaferry.error.DeltaferryException;
import io.deltaferry.error.ErrorCode;
import io.deltaferry.message.ExtractRequest;
import io.deltaferry.message.IncomingEvent;
import io.deltaferry.message.Messages;
import io.deltaferry.message.PubSubMessage;
import io.deltaferry.message.RequestId;
import io.deltaferry.table.TableConfig;
import io.deltaferry.table.TableFile;
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
    return new Asked(request, table, RequestId.of(request, table, message), message);
  }
}
