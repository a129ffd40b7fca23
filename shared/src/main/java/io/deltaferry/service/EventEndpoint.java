package io.deltaferry.service;

import com.google.cloud.functions.HttpFunction;
import com.google.cloud.functions.HttpRequest;
import com.google.cloud.functions.HttpResponse;
import io.deltaferry.error.DeltaferryException;
import io.deltaferry.message.Envelopes;
import io.deltaferry.message.IncomingEvent;
import io.deltaferry.message.TraceContext;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.slf4j.MDC;

/**
 * The HTTP side of a stage: decodes the event, and answers 2xx for what is done, refused for good
 * or given up, and 5xx for what is to be delivered again.
 */
public final class EventEndpoint implements HttpFunction {
  private final String project;
  private final Stage stage;
  private final HandleEvent events;

  EventEndpoint(String project, Stage stage, HandleEvent events) {
    this.project = project;
    this.stage = stage;
    this.events = events;
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
      Marks.set(project, stage, TraceContext.of(request.getHeaders()));
      Answer answer = handle(request.getHeaders(), body);
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
      return events.refuse(body, e);
    }
    return events.handle(event);
  }
}
