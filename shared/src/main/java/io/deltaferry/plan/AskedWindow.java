package io.deltaferry.plan;

import io.deltaferry.error.DeltaferryException;
import io.deltaferry.error.ErrorCode;
import io.deltaferry.message.RunOptions;
import io.deltaferry.type.CursorKind;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A window that somebody named, in its cursor's own terms.
 *
 * @param from inclusive; null reads from the beginning, rows without a cursor included
 * @param to exclusive; null for no end
 */
public record AskedWindow(@Nullable String from, @Nullable String to) {
  private static final Pattern DATE = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");
  private static final Pattern LOCAL =
      Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9:]{5,8}(\\.[0-9]{1,6})?");

  /**
   * The window of a request.
   *
   * @param zone in which a cursor without one is written; null for UTC
   * @throws DeltaferryException MESSAGE_INVALID when it names none, or one without rows
   */
  public static AskedWindow of(CursorKind kind, RunOptions options, @Nullable ZoneId zone) {
    if (options.from() == null && options.to() == null) {
      throw invalid("a window needs 'from' and 'to', or 'last', as in \"last\": \"6h\"");
    }
    if (kind == CursorKind.XID8) {
      throw invalid("transaction ids make no window that means anything; use another cursor");
    }
    CursorPosition from = position("from", kind, options.from(), zone);
    CursorPosition to = position("to", kind, options.to(), zone);
    if (kind == CursorKind.DATE && to != null && !isWholeDay(options.to(), zone)) {
      // A day that has begun is a part of the window.
      to = to.minus(-1);
    }
    if (from != null && to != null && from.compareTo(to) >= 0) {
      throw invalid(
          "the window from %s to %s has no rows: 'from' must be before 'to', which is not included"
              .formatted(options.from(), options.to()));
    }
    return new AskedWindow(text(from), text(to));
  }

  private static @Nullable String text(@Nullable CursorPosition position) {
    return position == null ? null : position.text();
  }

  private static @Nullable CursorPosition position(
      String name, CursorKind kind, @Nullable String text, @Nullable ZoneId zone) {
    if (text == null) {
      return null;
    }
    try {
      return kind.holdsMoments() ? moment(kind, text, zone) : number(kind, text);
    } catch (DateTimeException | ArithmeticException | NumberFormatException refused) {
      throw new DeltaferryException(
          ErrorCode.MESSAGE_INVALID,
          "'%s' is not a value of the cursor, which is a %s: write %s"
              .formatted(
                  name,
                  kind.typeName(),
                  kind.holdsMoments() ? "2026-01-31 or 2026-01-31T12:00:00Z" : "a whole number"),
          refused);
    }
  }

  private static CursorPosition number(CursorKind kind, String text) {
    return new CursorPosition(kind, new BigInteger(text.strip()).longValueExact());
  }

  /** By the cursor's own clock: a time with an offset is a moment, one without is that clock's. */
  private static CursorPosition moment(CursorKind kind, String text, @Nullable ZoneId zone) {
    LocalDateTime local = local(text);
    if (local == null) {
      Instant instant = OffsetDateTime.parse(text).toInstant();
      boolean zoned = kind == CursorKind.TIMESTAMPTZ || zone == null;
      local = LocalDateTime.ofInstant(instant, zoned ? ZoneOffset.UTC : zone);
    }
    return CursorPosition.at(kind, local.toInstant(ZoneOffset.UTC));
  }

  private static @Nullable LocalDateTime local(String text) {
    if (DATE.matcher(text).matches()) {
      return LocalDate.parse(text).atStartOfDay();
    }
    return LOCAL.matcher(text).matches() ? LocalDateTime.parse(text.replace(' ', 'T')) : null;
  }

  private static boolean isWholeDay(@Nullable String text, @Nullable ZoneId zone) {
    CursorPosition exact = moment(CursorKind.TIMESTAMP, String.valueOf(text), zone);
    return exact.text().endsWith(" 00:00:00.000000");
  }

  private static DeltaferryException invalid(String message) {
    return new DeltaferryException(ErrorCode.MESSAGE_INVALID, message);
  }
}
