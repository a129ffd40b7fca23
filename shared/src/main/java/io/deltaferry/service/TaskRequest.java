package io.deltaferry.service;

import io.deltaferry.error.DeltaferryException;
import io.deltaferry.error.ErrorCode;
import io.deltaferry.message.Envelopes;
import io.deltaferry.message.PubSubMessage;
import io.deltaferry.message.TraceContext;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A request on its way from the service to the job, in the variables of an execution: the message
 * as it came, so that its request has the same name there, and the trace it belongs to.
 *
 * @param message without the number of its delivery: the job counts its own attempts
 */
public record TaskRequest(PubSubMessage message, Optional<TraceContext> trace) {
  /** Holds the message in Pub/Sub's push envelope. */
  public static final String MESSAGE = "DELTAFERRY_MESSAGE";

  /** Named and written as OpenTelemetry passes a trace on to a process. */
  static final String TRACE = "TRACEPARENT";

  public TaskRequest {
    message = message.delivered(null);
  }

  /** The request that is worked on now. */
  public static TaskRequest of(PubSubMessage message) {
    return new TaskRequest(message, Marks.trace());
  }

  /**
   * Reads what {@link #environment} wrote.
   *
   * @throws DeltaferryException SETTING_INVALID when there is no message, MESSAGE_INVALID when it
   *     is none
   */
  static TaskRequest read(Map<String, String> environment) {
    String text = environment.getOrDefault(MESSAGE, "");
    if (text.isBlank()) {
      throw new DeltaferryException(
          ErrorCode.SETTING_INVALID,
          MESSAGE
              + " is not set: an execution of the job is started by the service, with the request"
              + " it got. Ask for the table instead");
    }
    if (!(Envelopes.decode(Map.of(), text.getBytes(StandardCharsets.UTF_8))
        instanceof PubSubMessage message)) {
      throw new DeltaferryException(
          ErrorCode.MESSAGE_INVALID, MESSAGE + " holds an object's event, which is no request");
    }
    String trace = environment.getOrDefault(TRACE, "");
    return new TaskRequest(message, TraceContext.of(Map.of("traceparent", List.of(trace))));
  }

  /** The variables that hold it. */
  public Map<String, String> environment() {
    Map<String, String> variables = new HashMap<>();
    variables.put(MESSAGE, Envelopes.wrap(message));
    trace.ifPresent(of -> variables.put(TRACE, of.traceparent()));
    return Map.copyOf(variables);
  }

  /** The message as the attempt of that number gets it. */
  PubSubMessage atAttempt(int number) {
    return message.delivered(number);
  }
}
