package io.deltaferry.localgcp.storage;

import io.deltaferry.localgcp.http.GoogleError;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The bytes of an object that a reader wants, both ends inclusive. */
record ByteRange(long first, long last) {
  private static final Pattern RANGE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

  /**
   * Reads a {@code Range} header; one in another form means the whole object, as in HTTP.
   *
   * @throws GoogleError 416 when it lies outside the object
   */
  static Optional<ByteRange> of(String header, long size) {
    Matcher matcher = RANGE.matcher(header.trim());
    if (!matcher.matches() || (matcher.group(1).isEmpty() && matcher.group(2).isEmpty())) {
      return Optional.empty();
    }
    if (matcher.group(1).isEmpty()) {
      long length = Math.min(Long.parseLong(matcher.group(2)), size);
      return Optional.of(checked(size - length, size - 1, size));
    }
    long first = Long.parseLong(matcher.group(1));
    long last = matcher.group(2).isEmpty() ? size - 1 : Long.parseLong(matcher.group(2));
    if (!matcher.group(2).isEmpty() && last < first) {
      return Optional.empty();
    }
    return Optional.of(checked(first, Math.min(last, size - 1), size));
  }

  private static ByteRange checked(long first, long last, long size) {
    if (first >= size) {
      throw new GoogleError(
          416, "requestedRangeNotSatisfiable", "The requested range cannot be satisfied.");
    }
    return new ByteRange(first, last);
  }

  long length() {
    return last - first + 1;
  }
}
