package io.deltaferry.message;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The trace a request belongs to.
 *
 * @param traceId 32 hex digits
 * @param spanId 16 hex digits; all zero where the header names none
 */
public record TraceContext(String traceId, String spanId, boolean sampled) {
  private static final Pattern W3C =
      Pattern.compile("(?!ff)[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(?:-.*)?");

  /** The span is a decimal number here. */
  private static final Pattern CLOUD_TRACE =
      Pattern.compile("([0-9a-fA-F]{32})(?:/(\\d{1,20}))?(?:;o=(\\d+))?");

  private static final String NO_TRACE = "0".repeat(32);
  private static final int HEX = 16;

  /**
   * The trace of W3C's {@code traceparent} header, else of {@code X-Cloud-Trace-Context}; empty
   * without a well-formed one, since a trace never decides anything.
   */
  public static Optional<TraceContext> of(Map<String, List<String>> headers) {
    Headers known = new Headers(headers);
    return known
        .value("traceparent")
        .flatMap(TraceContext::w3c)
        .or(() -> known.value("x-cloud-trace-context").flatMap(TraceContext::cloudTrace))
        .filter(trace -> !trace.traceId().equals(NO_TRACE));
  }

  /** As W3C's {@code traceparent} header, which {@link #of} reads back. */
  public String traceparent() {
    return "00-%s-%s-%s".formatted(traceId, spanId, sampled ? "01" : "00");
  }

  private static Optional<TraceContext> w3c(String header) {
    Matcher matcher = W3C.matcher(header);
    return matcher.matches()
        ? Optional.of(
            new TraceContext(
                matcher.group(1),
                matcher.group(2),
                (Integer.parseInt(matcher.group(3), HEX) & 1) == 1))
        : Optional.empty();
  }

  private static Optional<TraceContext> cloudTrace(String header) {
    Matcher matcher = CLOUD_TRACE.matcher(header);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    try {
      String span = matcher.group(2) == null ? "0" : matcher.group(2);
      return Optional.of(
          new TraceContext(
              matcher.group(1).toLowerCase(Locale.ROOT),
              "%016x".formatted(Long.parseUnsignedLong(span)),
              "1".equals(matcher.group(3))));
    } catch (NumberFormatException tooLarge) {
      return Optional.empty();
    }
  }
}
