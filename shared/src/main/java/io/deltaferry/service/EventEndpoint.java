package io.deltaferry.service;

import com.google.cloud.functions.HttpFunction;
import com.google.cloud.functions.HttpRequest;
import com.google.cloud.functions.HttpResponse;
import io.deltaferry.error.DeltaferryException;
import io.deltaferry.error.ErrorCode;
import io.deltaferry.error.ErrorKind;
import io.deltaferry.message.Envelopes;
import io.deltaferry.message.IncomingEvent;
import io.deltaferry.message.TraceContext;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * The HTTP side of a stage: decodes the event, and answers 2xx for what is done, refused for good
 * or given up, and 5xx for what is to be delivered again.
 */
public final class EventEndpoint implements HttpFunction {
  private static final Logger log = LoggerFactory.getLogger(EventEndpoint.class);

  private static final int OK = 200;
  private static final int NO_CONTENT = 204;
  private static final int UNAVAILABLE = 503;

  private final String project;
  private final Stage stage;
  private final DeadLetters deadLetters;
  private final LastDelivery last;

  EventEndpoint(String project, Stage stage, DeadLetters deadLetters, LastDelivery last) {
    this.project = project;
    this.stage = stage;
    this.deadLetters = deadLetters;
    this.last = last;
  }

  @Override
  public void service(HttpRequest request, HttpResponse response) throws IOException {
    if (request.getPath().endsWith(Topology.DEFAULT.healthPath())) {
      answer(response, OK, "{\"status\":\"ok\",\"stage\":\"" + stage.name() + "\"}");
      return;
    }
    byte[] body = request.getInputStream().readAllBytes();
    try {
      mark(request.getHeaders());
      handle(request.getHeaders(), body, response);
    } finally {
      MDC.clear();
    }
  }

  private void handle(Map<String, List<String>> headers, byte[] body, HttpResponse response)
      throws IOException {
    IncomingEvent event;
    try {
      event = Envelopes.decode(headers, body);
    } catch (DeltaferryException e) {
      refuse(e, response, () -> deadLetters.refuse(stage.name(), body, e));
      return;
    }
    try {
      stage.handle(event);
      response.setStatusCode(NO_CONTENT);
    } catch (RuntimeException e) {
      fail(event, known(e), response);
    }
  }

  private void fail(IncomingEvent event, DeltaferryException failure, HttpResponse response)
      throws IOException {
    DeltaferryException judged = last.judge(failure, event);
    if (judged.kind() == ErrorKind.TRANSIENT) {
      retry(judged, response);
      return;
    }
    refuse(
        judged,
        response,
        () -> {
          if (failure.kind() == ErrorKind.TRANSIENT) {
            stage.giveUp(event, judged);
          }
          deadLetters.refuse(stage.name(), event, judged);
        });
  }

  /** Acknowledged once it is kept as a dead letter with its reason, since it is not tried again. */
  private void refuse(DeltaferryException failure, HttpResponse response, Runnable keep)
      throws IOException {
    log.error("{}: {}{}", failure.code(), failure.getMessage(), cause(failure));
    try {
      keep.run();
      answer(response, OK, "{\"refused\":\"" + failure.code() + "\"}");
    } catch (RuntimeException e) {
      retry(known(e), response);
    }
  }

  private static DeltaferryException known(RuntimeException failure) {
    if (failure instanceof DeltaferryException known) {
      return known;
    }
    log.error("unexpected failure", failure);
    return new DeltaferryException(
        ErrorCode.INTERNAL, "unexpected failure; the log has its stack trace", failure);
  }

  private static void retry(DeltaferryException failure, HttpResponse response) throws IOException {
    log.warn("{}: {}{}", failure.code(), failure.getMessage(), cause(failure));
    answer(response, UNAVAILABLE, "{\"retry\":\"" + failure.code() + "\"}");
  }

  /** The kinds of the causes only: a client's own message may quote a row. */
  private static String cause(DeltaferryException failure) {
    StringBuilder text = new StringBuilder();
    for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
      text.append(" <- ").append(cause.getClass().getSimpleName());
    }
    return text.toString();
  }

  private void mark(Map<String, List<String>> headers) {
    MDC.put("stage", stage.name());
    TraceContext.of(headers)
        .ifPresent(
            trace -> {
              MDC.put("trace", "projects/" + project + "/traces/" + trace.traceId());
              MDC.put("span", trace.spanId());
            });
  }

  private static void answer(HttpResponse response, int status, String json) throws IOException {
    response.setStatusCode(status);
    response.setContentType("application/json");
    response.getOutputStream().write(json.getBytes(StandardCharsets.UTF_8));
  }
}
