package io.deltaferry.localgcp.storage;

import io.deltaferry.localgcp.http.GoogleError;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The {@code Content-Range} of a resumable upload's request.
 *
 * @param first offset of the first byte sent; -1 when the request only asks how much has arrived
 * @param total the size of the whole object; -1 when the writer does not know it yet
 */
record ContentRange(long first, long last, long total) {
  private static final Pattern FORM =
      Pattern.compile("bytes (?:(\\d{1,18})-(\\d{1,18})|\\*)/(\\d{1,18}|\\*)");

  static ContentRange of(String header) {
    Matcher matcher = FORM.matcher(header.trim());
    if (!matcher.matches()) {
      throw GoogleError.invalid("Failed to parse Content-Range header.");
    }
    long total = matcher.group(3).equals("*") ? -1 : Long.parseLong(matcher.group(3));
    if (matcher.group(1) == null) {
      return new ContentRange(-1, -1, total);
    }
    long first = Long.parseLong(matcher.group(1));
    long last = Long.parseLong(matcher.group(2));
    if (last < first || (total >= 0 && last >= total)) {
      throw GoogleError.invalid("Content-Range names bytes outside of the object.");
    }
    return new ContentRange(first, last, total);
  }

  boolean isProbe() {
    return first < 0;
  }
}
