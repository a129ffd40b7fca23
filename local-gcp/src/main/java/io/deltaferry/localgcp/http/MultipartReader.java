package io.deltaferry.localgcp.http;

import com.sun.net.httpserver.Headers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a multipart body part by part, as a stream: a part may be larger than the memory. */
public final class MultipartReader {
  private static final Pattern BOUNDARY =
      Pattern.compile(
          ";\\s*boundary=(?:\"([^\"]+)\"|'([^']+)'|([^;\\s]+))", Pattern.CASE_INSENSITIVE);

  private final InputStream in;
  private final byte[] boundary;
  private final byte[] buffer = new byte[1 << 17];
  private int start;
  private int end;
  private byte[] delimiter = new byte[0];
  private Headers headers = new Headers();
  private PartStream part = new PartStream(0);

  MultipartReader(InputStream in, String boundary) {
    this.in = in;
    this.boundary = ("--" + boundary).getBytes(StandardCharsets.ISO_8859_1);
  }

  /**
   * Reads the parts of a call's body.
   *
   * @throws GoogleError 400 when its content type names no boundary
   */
  public static MultipartReader of(HttpCall call) throws IOException {
    Matcher matcher = BOUNDARY.matcher(call.header("Content-Type").orElse(""));
    if (!matcher.find()) {
      throw GoogleError.invalid("a multipart request needs a boundary in its Content-Type");
    }
    for (int group = 1; group < 3; group++) {
      if (matcher.group(group) != null) {
        return new MultipartReader(call.body(), matcher.group(group));
      }
    }
    return new MultipartReader(call.body(), matcher.group(3));
  }

  /**
   * Skips what is left of the current part and goes to the next.
   *
   * @return false after the last part
   * @throws GoogleError 400 when the body ends before its closing boundary
   */
  public boolean next() throws IOException {
    if (delimiter.length == 0) {
      readFirstBoundary();
    } else {
      part.transferTo(OutputStream.nullOutputStream());
      start += part.delimiterLength;
    }
    if (line().startsWith("--")) {
      return false;
    }
    headers = new Headers();
    for (String line = line(); !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        headers.add(line.substring(0, colon).trim(), line.substring(colon + 1).trim());
      }
    }
    // A part without a body may have its blank line serve as the boundary's line break.
    part = new PartStream(startsWith(boundary) ? boundary.length : delimiter.length);
    return true;
  }

  /** A header of the current part. */
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.getFirst(name));
  }

  /** The content of the current part; it ends where the part ends. */
  public InputStream body() {
    return part;
  }

  /** Python's generator ends lines with LF alone: the first boundary's line tells which it is. */
  private void readFirstBoundary() throws IOException {
    fill(boundary.length + 2);
    while (!startsWith(boundary)) {
      line();
      fill(boundary.length + 2);
    }
    start += boundary.length;
    int feed = start;
    while (feed < end && buffer[feed] != '\n') {
      feed++;
    }
    boolean carriage = feed > start && feed < end && buffer[feed - 1] == '\r';
    String lineBreak = carriage ? "\r\n" : "\n";
    delimiter =
        (lineBreak + new String(boundary, StandardCharsets.ISO_8859_1))
            .getBytes(StandardCharsets.ISO_8859_1);
  }

  private boolean startsWith(byte[] text) throws IOException {
    fill(text.length);
    return end - start >= text.length
        && Arrays.equals(buffer, start, start + text.length, text, 0, text.length);
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    while (true) {
      if (start == end && !fill(1)) {
        if (line.size() > 0) {
          break;
        }
        throw malformed();
      }
      byte next = buffer[start++];
      if (next == '\n') {
        break;
      }
      line.write(next);
    }
    String text = line.toString(StandardCharsets.UTF_8);
    return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
  }

  /** Has at least {@code wanted} bytes in the buffer, unless the body ends. */
  private boolean fill(int wanted) throws IOException {
    if (end - start < wanted && start > 0) {
      System.arraycopy(buffer, start, buffer, 0, end - start);
      end -= start;
      start = 0;
    }
    while (end - start < wanted) {
      int read = in.read(buffer, end, buffer.length - end);
      if (read < 0) {
        return false;
      }
      end += read;
    }
    return true;
  }

  private final class PartStream extends InputStream {
    private final int delimiterLength;
    private int ready;
    private boolean last;

    PartStream(int delimiterLength) {
      this.delimiterLength = delimiterLength;
      // The boundary without a line break before it: nothing lies between.
      this.last = delimiterLength != delimiter.length;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      if (ready == 0 && !last) {
        look();
      }
      if (ready == 0) {
        return -1;
      }
      int count = Math.min(length, ready);
      System.arraycopy(buffer, start, target, offset, count);
      start += count;
      ready -= count;
      return count;
    }

    /** Finds how many bytes are certainly this part's own. */
    private void look() throws IOException {
      fill(1 << 16);
      int found = indexOfDelimiter();
      last = found >= 0;
      ready = last ? found - start : end - start - delimiter.length + 1;
      if (ready < 0 || (ready == 0 && !last)) {
        throw malformed();
      }
    }
  }

  private static GoogleError malformed() {
    return GoogleError.invalid("the multipart body ends before its closing boundary");
  }

  private int indexOfDelimiter() {
    for (int i = start; i <= end - delimiter.length; i++) {
      if (buffer[i] == delimiter[0]
          && Arrays.equals(buffer, i, i + delimiter.length, delimiter, 0, delimiter.length)) {
        return i;
      }
    }
    return -1;
  }
}
