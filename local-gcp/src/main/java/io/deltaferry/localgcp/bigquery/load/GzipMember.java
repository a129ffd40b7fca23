package io.deltaferry.localgcp.bigquery.load;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipException;

/**
 * Decompresses a file of exactly one gzip member.
 *
 * <p>The JDK's stream reads on into a second member without a word, and ignores garbage behind the
 * last one; whether BigQuery does is not documented, so either is refused here.
 */
final class GzipMember extends InputStream {
  private static final int FLAG_CRC = 2;
  private static final int FLAG_EXTRA = 4;
  private static final int FLAG_NAME = 8;
  private static final int FLAG_COMMENT = 16;

  private final InputStream source;
  private final Inflater inflater = new Inflater(true);
  private final CRC32 crc = new CRC32();
  private final byte[] compressed = new byte[1 << 16];
  private int compressedLength;
  private boolean ended;

  private GzipMember(InputStream source) throws IOException {
    this.source = source;
    readHeader();
  }

  /** The stream itself, or decompressed when its first two bytes are gzip's. */
  static InputStream open(InputStream stored) throws IOException {
    PushbackInputStream peeked = new PushbackInputStream(stored, 2);
    byte[] magic = peeked.readNBytes(2);
    peeked.unread(magic);
    boolean gzip = magic.length == 2 && magic[0] == 0x1f && magic[1] == (byte) 0x8b;
    return gzip ? new GzipMember(peeked) : peeked;
  }

  private void readHeader() throws IOException {
    byte[] fixed = source.readNBytes(10);
    if (fixed.length < 10 || fixed[2] != 8) {
      throw new ZipException("not a gzip header");
    }
    int flags = fixed[3];
    if ((flags & FLAG_EXTRA) != 0) {
      for (int rest = header() | header() << 8; rest > 0; rest--) {
        header();
      }
    }
    for (int flag : new int[] {FLAG_NAME, FLAG_COMMENT}) {
      while ((flags & flag) != 0 && header() != 0) {
        // A zero ends the text.
      }
    }
    if ((flags & FLAG_CRC) != 0) {
      header();
      header();
    }
  }

  private int header() throws IOException {
    int value = source.read();
    if (value < 0) {
      throw new ZipException("gzip header is cut off");
    }
    return value;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (ended) {
      return -1;
    }
    try {
      while (true) {
        int count = inflater.inflate(target, offset, length);
        crc.update(target, offset, count);
        if (count > 0 || length == 0) {
          return count;
        }
        if (inflater.finished()) {
          readTrailer();
          return -1;
        }
        feed();
      }
    } catch (DataFormatException e) {
      throw new ZipException("gzip data is damaged");
    }
  }

  private void feed() throws IOException {
    int count = source.read(compressed);
    if (count < 0) {
      throw new ZipException("gzip data is cut off");
    }
    compressedLength = count;
    inflater.setInput(compressed, 0, count);
  }

  private void readTrailer() throws IOException {
    ended = true;
    int remaining = inflater.getRemaining();
    byte[] trailer = new byte[8];
    // What the inflater did not use is still at the end of its input.
    int buffered = Math.min(remaining, 8);
    System.arraycopy(compressed, compressedLength - remaining, trailer, 0, buffered);
    if (source.readNBytes(trailer, buffered, 8 - buffered) < 8 - buffered) {
      throw new ZipException("gzip trailer is cut off");
    }
    long expected = little(trailer, 0);
    if (expected != crc.getValue()
        || little(trailer, 4) != (inflater.getBytesWritten() & 0xffffffffL)) {
      throw new ZipException("gzip checksum does not match");
    }
    if (remaining > 8 || source.read() >= 0) {
      throw new ZipException(
          "data after the first gzip member: write one member per object, whether BigQuery reads"
              + " more is not documented");
    }
  }

  private static long little(byte[] bytes, int at) {
    return (bytes[at] & 0xffL)
        | (bytes[at + 1] & 0xffL) << 8
        | (bytes[at + 2] & 0xffL) << 16
        | (bytes[at + 3] & 0xffL) << 24;
  }

  @Override
  public void close() throws IOException {
    inflater.end();
    source.close();
  }
}
