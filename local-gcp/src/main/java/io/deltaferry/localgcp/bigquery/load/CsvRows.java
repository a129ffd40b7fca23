package io.deltaferry.localgcp.bigquery.load;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Splits one CSV file into rows and cells, as bytes in one reused buffer; quoted cells are
 * unescaped in place. A malformed row is skipped up to the end of its line and reported once.
 */
final class CsvRows {
  private static final int INITIAL_BUFFER = 1 << 18;

  /** BigQuery's documented limit. */
  private static final int MAX_ROW_BYTES = 100 << 20;

  private static final String TOO_LARGE =
      "Row size is larger than the maximum of " + (MAX_ROW_BYTES >> 20) + " MB";

  private final InputStream input;
  private final byte delimiter;
  private final int quote;
  private final boolean newlinesInQuotes;
  private final boolean controlCharacters;

  private byte[] buffer = new byte[INITIAL_BUFFER];

  private int position;
  private int limit;
  private long bytesBeforeBuffer;
  private int rowStart;
  private long rowOffset;
  private long rowLine;
  private long line = 1;

  private int cells;
  private int[] starts = new int[64];
  private int[] ends = new int[64];
  private boolean[] quoted = new boolean[64];

  /** Bytes a plain cell cannot simply contain. */
  private final boolean[] special = new boolean[256];

  CsvRows(InputStream input, CsvOptions options) {
    this.input = input;
    this.delimiter = (byte) options.fieldDelimiter();
    this.quote = options.quote() == 0 ? -1 : options.quote();
    this.newlinesInQuotes = options.allowQuotedNewlines();
    this.controlCharacters = options.preserveAsciiControlCharacters();
    Arrays.fill(special, 0, ' ', true);
    special[delimiter] = true;
    special[options.quote()] = true;
  }

  byte[] buffer() {
    return buffer;
  }

  int cells() {
    return cells;
  }

  int start(int cell) {
    return starts[cell];
  }

  int end(int cell) {
    return ends[cell];
  }

  boolean quoted(int cell) {
    return quoted[cell];
  }

  /** Byte offset of the current row in the uncompressed file. */
  long rowOffset() {
    return rowOffset;
  }

  /** The line, from 1, on which the current row starts. */
  long rowLine() {
    return rowLine;
  }

  /** True when the row is a line without a single byte. */
  boolean blank() {
    return cells == 1 && !quoted[0] && starts[0] == ends[0];
  }

  /**
   * Moves to the next row.
   *
   * @return false at the end of the file
   * @throws MalformedRowException when this row is not CSV; the next call goes on behind it
   */
  boolean next() throws IOException, MalformedRowException {
    rowStart = position;
    cells = 0;
    if (position >= limit && !fill()) {
      return false;
    }
    rowLine = line;
    rowOffset = bytesBeforeBuffer + rowStart;
    try {
      boolean more = true;
      while (more) {
        more = cell();
      }
    } catch (MalformedRowException e) {
      skipLine();
      throw e;
    }
    return true;
  }

  /** Reads one cell and the separator behind it; false when that ended the row. */
  private boolean cell() throws IOException, MalformedRowException {
    if (cells == starts.length) {
      starts = Arrays.copyOf(starts, cells * 2);
      ends = Arrays.copyOf(ends, cells * 2);
      quoted = Arrays.copyOf(quoted, cells * 2);
    }
    int cell = cells++;
    boolean opens = quote >= 0 && peek() == quote;
    quoted[cell] = opens;
    if (opens) {
      position++;
      quotedCell(cell);
    } else {
      plainCell(cell);
    }
    return separator();
  }

  private void plainCell(int cell) throws IOException, MalformedRowException {
    starts[cell] = position - rowStart;
    while (true) {
      int at = position;
      while (at < limit && !special[buffer[at] & 0xff]) {
        at++;
      }
      position = at;
      if (at == limit) {
        if (!fill()) {
          break;
        }
      } else if (endsPlain(buffer[at])) {
        break;
      } else {
        position++;
      }
    }
    ends[cell] = position - rowStart;
  }

  private boolean endsPlain(byte c) throws MalformedRowException {
    if (c == delimiter || c == '\n' || c == '\r') {
      return true;
    }
    if (c == quote) {
      throw new MalformedRowException("Quote character in a field that does not start with one");
    }
    checkControl(c);
    return false;
  }

  private void quotedCell(int cell) throws IOException, MalformedRowException {
    starts[cell] = position - rowStart;
    int write = position - rowStart;
    while (true) {
      if (position >= limit && !fill()) {
        throw new MalformedRowException("Missing close quote character (" + (char) quote + ")");
      }
      byte c = buffer[position++];
      if (c == quote) {
        if (peek() != quote) {
          ends[cell] = write;
          return;
        }
        position++;
      } else if (c >= 0 && c < ' ') {
        checkQuotedControl(c);
      }
      buffer[rowStart + write++] = c;
    }
  }

  private void checkControl(byte c) throws MalformedRowException {
    if (!controlCharacters && c != '\t') {
      throw new MalformedRowException("Bad character (ASCII " + c + ") encountered");
    }
  }

  private void checkQuotedControl(byte c) throws MalformedRowException {
    if (c != '\n' && c != '\r') {
      checkControl(c);
    } else if (!newlinesInQuotes) {
      position--;
      throw new MalformedRowException("Missing close quote character (" + (char) quote + ")");
    } else if (c == '\n') {
      line++;
    }
  }

  private boolean separator() throws IOException, MalformedRowException {
    int c = peek();
    if (c == delimiter) {
      position++;
      return true;
    }
    if (c == '\r') {
      position++;
      if (peek() != '\n') {
        throw new MalformedRowException("Carriage return without line feed outside quotes");
      }
      position++;
      line++;
    } else if (c == '\n') {
      position++;
      line++;
    } else if (c >= 0) {
      throw new MalformedRowException(
          "Data between close quote character (" + (char) quote + ") and field separator");
    }
    // Cells were kept relative to the row, which may have moved in the buffer until now.
    for (int i = 0; i < cells; i++) {
      starts[i] += rowStart;
      ends[i] += rowStart;
    }
    return false;
  }

  private void skipLine() throws IOException, MalformedRowException {
    // The row is lost anyway: nothing before the position needs to be kept.
    rowStart = position;
    while (position < limit || fill()) {
      rowStart = position + 1;
      if (buffer[position++] == '\n') {
        line++;
        return;
      }
    }
  }

  private int peek() throws IOException, MalformedRowException {
    return position < limit || fill() ? buffer[position] & 0xff : -1;
  }

  /** Reads more behind {@code limit}, moving the current row to the front; false at the end. */
  private boolean fill() throws IOException, MalformedRowException {
    if (rowStart > 0) {
      System.arraycopy(buffer, rowStart, buffer, 0, limit - rowStart);
      bytesBeforeBuffer += rowStart;
      position -= rowStart;
      limit -= rowStart;
      rowStart = 0;
    }
    if (limit == buffer.length) {
      if (limit >= MAX_ROW_BYTES) {
        throw new MalformedRowException(TOO_LARGE);
      }
      buffer = Arrays.copyOf(buffer, Math.min(limit * 2, MAX_ROW_BYTES));
    }
    int read = input.read(buffer, limit, buffer.length - limit);
    if (read <= 0) {
      return false;
    }
    limit += read;
    return true;
  }
}
