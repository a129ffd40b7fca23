package io.deltaferry.plan;

import io.deltaferry.type.CursorKind;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * A cursor value that can be compared and moved.
 *
 * @param position microseconds since 1970 in UTC, days since 1970, or the number itself
 */
record CursorPosition(CursorKind kind, long position) implements Comparable<CursorPosition> {
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS");
  private static final DateTimeFormatter PARSED =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss[.SSSSSS][.SSSSS][.SSSS][.SSS][.SS][.S]");

  /** Reads a value as {@link CursorKind} writes it. */
  static CursorPosition parse(CursorKind kind, String text) {
    return switch (kind) {
      case TIMESTAMPTZ -> new CursorPosition(kind, micros(text.substring(0, text.length() - 3)));
      case TIMESTAMP -> new CursorPosition(kind, micros(text));
      case DATE -> new CursorPosition(kind, LocalDate.parse(text).toEpochDay());
      case SMALLINT, INTEGER, BIGINT, XID8 -> new CursorPosition(kind, Long.parseLong(text));
    };
  }

  /** The moment as a value of a kind that holds moments, read as UTC. */
  static CursorPosition at(CursorKind kind, Instant moment) {
    return switch (kind) {
      case TIMESTAMPTZ, TIMESTAMP -> new CursorPosition(kind, micros(moment));
      case DATE ->
          new CursorPosition(kind, LocalDate.ofInstant(moment, ZoneOffset.UTC).toEpochDay());
      case SMALLINT, INTEGER, BIGINT, XID8 ->
          throw new IllegalArgumentException(kind + " does not hold moments");
    };
  }

  CursorPosition minus(Duration duration) {
    return new CursorPosition(
        kind, position - duration.toSeconds() * 1_000_000 - duration.toNanosPart() / 1_000);
  }

  CursorPosition minus(long amount) {
    return new CursorPosition(kind, position - amount);
  }

  CursorPosition max(CursorPosition other) {
    return compareTo(other) >= 0 ? this : other;
  }

  CursorPosition min(CursorPosition other) {
    return compareTo(other) <= 0 ? this : other;
  }

  /** As {@link CursorKind} writes it. */
  String text() {
    return switch (kind) {
      case TIMESTAMPTZ -> stamp() + "+00";
      case TIMESTAMP -> stamp();
      case DATE -> LocalDate.ofEpochDay(position).toString();
      case SMALLINT, INTEGER, BIGINT, XID8 -> Long.toString(position);
    };
  }

  @Override
  public int compareTo(CursorPosition other) {
    if (kind != other.kind) {
      throw new IllegalArgumentException("a " + kind + " has no order with a " + other.kind);
    }
    return Long.compare(position, other.position);
  }

  private String stamp() {
    long seconds = Math.floorDiv(position, 1_000_000L);
    int nanos = (int) Math.floorMod(position, 1_000_000L) * 1_000;
    return STAMP.format(LocalDateTime.ofEpochSecond(seconds, nanos, ZoneOffset.UTC));
  }

  private static long micros(String text) {
    return micros(LocalDateTime.parse(text, PARSED).toInstant(ZoneOffset.UTC));
  }

  /** Not by way of nanoseconds, which overflow for the years that BigQuery still holds. */
  private static long micros(Instant moment) {
    return Math.addExact(
        Math.multiplyExact(moment.getEpochSecond(), 1_000_000L), moment.getNano() / 1_000);
  }
}
