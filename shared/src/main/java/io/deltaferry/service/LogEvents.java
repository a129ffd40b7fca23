package io.deltaferry.service;

import io.deltaferry.bound.BoundReason;
import io.deltaferry.error.ErrorCode;
import io.deltaferry.run.EndOfRun;
import io.deltaferry.run.RunId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * The log lines that somebody counts. Their names, and their fields beside the stage, the table and
 * the run that every line has, stand in {@code terraform/log-events.json}, from which the metrics
 * of the alerts are made. None holds a row's value.
 */
public final class LogEvents {
  private static final Logger log = LoggerFactory.getLogger(LogEvents.class);

  private LogEvents() {}

  /** A delta lies in the bucket. */
  public static void deltaExtracted(long rows, long bytes, int parts) {
    line(log.atInfo(), "delta_extracted")
        .addKeyValue("rows", rows)
        .addKeyValue("bytes", bytes)
        .addKeyValue("parts", parts)
        .log("extracted {} rows in {} parts", rows, parts);
  }

  /**
   * Values that BigQuery cannot hold were replaced, as the table file or the type wants it.
   *
   * @param losses how many, by column
   */
  public static void valuesChanged(Map<String, Long> losses) {
    long values = losses.values().stream().mapToLong(Long::longValue).sum();
    String columns = String.join(", ", losses.keySet());
    line(log.atInfo(), "values_changed")
        .addKeyValue("values", values)
        .addKeyValue("columns", columns)
        .log("{} values that BigQuery cannot hold were replaced, in {}", values, columns);
  }

  /**
   * A run without a sign of life loses its table to the next request.
   *
   * @param quiet time since its last sign of life
   */
  public static void runAbandoned(RunId run, Duration quiet) {
    about(
        run,
        () ->
            line(log.atWarn(), "run_abandoned")
                .addKeyValue("quiet_seconds", quiet.toSeconds())
                .log("run {} is abandoned; taking over", run));
  }

  /**
   * An open transaction keeps the watermark back, so that all that changed since is read again.
   *
   * @param pid of its session
   * @param age since it began
   */
  public static void boundPinned(int pid, Duration age) {
    line(log.atWarn(), "bound_pinned")
        .addKeyValue("pid", pid)
        .addKeyValue("age_seconds", age.toSeconds())
        .log(
            "the transaction of process {} is open for {} s and keeps the watermark back",
            pid,
            age.toSeconds());
  }

  /**
   * Columns came to a source whose table file hides some, and wait for a decision.
   *
   * @param table which entry of the table file
   */
  public static void columnsQuarantined(String table, List<String> columns) {
    String names = String.join(", ", columns);
    line(log.atWarn(), "columns_quarantined")
        .addKeyValue("columns", names)
        .log(
            "the source has new columns, which are left out: {}. Under tables.{}, list each of"
                + " them in exclude, hash or include",
            names,
            table);
  }

  /**
   * Columns are excluded, and the target still has what was merged before.
   *
   * @param statement that drops them
   */
  public static void excludedRemains(List<String> columns, String statement) {
    String names = String.join(", ", columns);
    line(log.atWarn(), "excluded_remains")
        .addKeyValue("columns", names)
        .log(
            "the target has excluded columns with what was merged before: {}. It stays until"
                + " somebody runs {}",
            names,
            statement);
  }

  /** The open transactions say nothing about what may still commit: lateness has to do. */
  public static void boundUnknown(BoundReason reason) {
    line(log.atInfo(), "bound_unknown")
        .addKeyValue("reason", reason.name())
        .log("the watermark rests on lateness: {}", reason.sentence());
  }

  /** A run has its end. Told once a run, by whoever wrote it. */
  static void runEnded(EndOfRun end, EndFacts facts) {
    about(end.run(), () -> endLine(end, facts).log("run {} ended: {}", end.run(), text(end)));
  }

  /** An event lies with the dead letters, and is not tried again. */
  static void deadLetter(ErrorCode code, @Nullable Integer deliveryAttempt) {
    LoggingEventBuilder line =
        line(log.atInfo(), "dead_letter").addKeyValue("error_code", code.name());
    add(line, "delivery_attempt", deliveryAttempt)
        .log("the event lies with the dead letters: {}", code);
  }

  /** An event was answered, one way or another. */
  static void eventHandled(Answer answer, Duration took) {
    LoggingEventBuilder line =
        line(log.atInfo(), "event_handled")
            .addKeyValue("result", answer.result().word())
            .addKeyValue("duration_ms", took.toMillis());
    add(line, "delivery_attempt", answer.deliveryAttempt());
    add(line, "error_code", answer.code())
        .log("event {} after {} ms", answer.result().word(), took.toMillis());
  }

  private static LoggingEventBuilder endLine(EndOfRun end, EndFacts facts) {
    LoggingEventBuilder line =
        line(log.atInfo(), "run_ended")
            .addKeyValue("outcome", end.outcome().word())
            .addKeyValue("rows", end.rows());
    add(line, "error_code", end.code());
    add(line, "seconds", facts.seconds());
    add(line, "lag_seconds", facts.lagSeconds());
    return add(line, "failures_in_a_row", facts.failures());
  }

  private static String text(EndOfRun end) {
    return end.outcome().word() + ", " + end.rows() + " rows";
  }

  private static LoggingEventBuilder line(LoggingEventBuilder line, String event) {
    return line.addKeyValue("event", event);
  }

  /** A field that is not known is left out, since a filter would take a null for a value. */
  private static LoggingEventBuilder add(
      LoggingEventBuilder line, String name, @Nullable Object value) {
    return value == null
        ? line
        : line.addKeyValue(name, value instanceof Enum<?> word ? word.name() : value);
  }

  /** The run that is told of need not be the one that is worked on. */
  private static void about(RunId run, Runnable telling) {
    Map<String, String> before = MDC.getCopyOfContextMap();
    try {
      MDC.put("table", run.table());
      MDC.put("run", Long.toString(run.seq()));
      telling.run();
    } finally {
      if (before == null) {
        MDC.clear();
      } else {
        MDC.setContextMap(before);
      }
    }
  }
}
