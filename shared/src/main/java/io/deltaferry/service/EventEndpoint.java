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
import io.deltaferry.run.SyncEvent;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * The HTTP side of a stage: decodes the event, and answers 2xx for what is done, refused for good
 * or given up, and 5xx for what is to be delivered again.
 */
public final class EventEndpoint implements HttpFunction {
  private static final Logger log = LoggerFactory.getLogger(EventEndpoint.class);

  private final String project;
  private final Stage stage;
  private final DeadLetters deadLetters;
  private final LastDelivery last;
  private final Journal journal;
  private final Clock clock;

  EventEndpoint(
      String project,
      Stage stage,
      DeadLetters deadLetters,
      LastDelivery last,
      Journal journal,
      Clock clock) {
    this.project = project;
    this.stage = stage;
    this.deadLetters = deadLetters;
    this.last = last;
    this.journal = journal;
    this.clock = clock;
  }

  @Override
  public void service(HttpRequest request, HttpResponse response) throws IOException {
    if (request.getPath().endsWith(Topology.DEFAULT.healthPath())) {
      Answer.health(stage.name(), response);
      return;
    }
    long begun = System.nanoTime();
    byte[] body = request.getInputStream().readAllBytes();
    try {
      mark(request.getHeaders());
      Answer answer = recorded(handle(request.getHeaders(), body));
      LogEvents.eventHandled(answer, Duration.ofNanos(System.nanoTime() - begun));
      answer.write(response);
    } finally {
      MDC.clear();
    }
  }

  private Answer handle(Map<String, List<String>> headers, byte[] body) {
    IncomingEvent event;
    try {
      event = Envelopes.decode(headers, body);
    } catch (DeltaferryException e) {
      return refuse(e, null, () -> deadLetters.refuse(stage.name(), body, e));
    }
    try {
      stage.handle(event);
      return new Answer(Answer.Result.DONE, null, event.deliveryAttempt());
    } catch (RuntimeException e) {
      return fail(event, known(e));
    }
  }

  /**
   * What happened to a run stands in the ledger before its event is acknowledged; where it cannot,
   * the event comes again and finds its work done.
   */
  private Answer recorded(Answer answer) {
    try {
      journal.flush();
      return answer;
    } catch (DeltaferryException e) {
      boolean again =
          answer.result() != Answer.Result.RETRIED
              && MDC.get("run") != null
              && !last.isLast(answer.deliveryAttempt());
      log.warn("{}: {}", e.code(), e.getMessage());
      return again ? new Answer(Answer.Result.RETRIED, e.code(), answer.deliveryAttempt()) : answer;
    }
  }

  /** An event about no table is no part of any run. */
  private void record(SyncEvent.Kind kind, IncomingEvent event, DeltaferryException failure) {
    String table = MDC.get("table");
    String run = MDC.get("run");
    if (table != null) {
      Long seq = run == null ? null : Long.valueOf(run);
      RunEvents.Spot spot = new RunEvents.Spot(stage.name(), table, seq, event);
      journal.record(spot.of(kind, failure, clock.instant()));
    }
  }

  private Answer fail(IncomingEvent event, DeltaferryException failure) {
    DeltaferryException judged = last.judge(failure, event);
    if (judged.kind() == ErrorKind.TRANSIENT) {
      record(SyncEvent.Kind.RETRIED, event, judged);
      return retry(judged, event.deliveryAttempt());
    }
    return refuse(
        judged,
        event.deliveryAttempt(),
        () -> {
          if (failure.kind() == ErrorKind.TRANSIENT) {
            stage.giveUp(event, judged);
          }
          deadLetters.refuse(stage.name(), event, judged);
          record(SyncEvent.Kind.DEAD_LETTERED, event, judged);
        });
  }

  /** Acknowledged once it is kept as a dead letter with its reason, since it is not tried again. */
  private static Answer refuse(
      DeltaferryException failure, @Nullable Integer attempt, Runnable keep) {
    log.error("{}: {}{}", failure.code(), failure.getMessage(), cause(failure));
    try {
      keep.run();
      return new Answer(Answer.Result.REFUSED, failure.code(), attempt);
    } catch (RuntimeException e) {
      return retry(known(e), attempt);
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

  private static Answer retry(DeltaferryException failure, @Nullable Integer attempt) {
    log.warn("{}: {}{}", failure.code(), failure.getMessage(), cause(failure));
    return new Answer(Answer.Result.RETRIED, failure.code(), attempt);
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
}
