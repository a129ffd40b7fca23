package io.deltaferry.service;

import io.deltaferry.message.TraceContext;
import java.util.Optional;
import org.slf4j.MDC;

/** What every log line about one event has; a stage adds the table and the run. */
final class Marks {
  private static final String TRACE = "trace";
  private static final String SPAN = "span";

  private Marks() {}

  static void set(String project, Stage stage, Optional<TraceContext> trace) {
    MDC.put("stage", stage.name());
    trace.ifPresent(
        of -> {
          MDC.put(TRACE, "projects/" + project + "/traces/" + of.traceId());
          MDC.put(SPAN, of.spanId());
        });
  }

  /** The trace of the event that is worked on, for whoever goes on with it elsewhere. */
  static Optional<TraceContext> trace() {
    String trace = MDC.get(TRACE);
    String span = MDC.get(SPAN);
    return trace == null || span == null
        ? Optional.empty()
        : Optional.of(
            new TraceContext(
                trace.substring(trace.lastIndexOf('/') + 1), span, /* sampled= */ true));
  }
}
