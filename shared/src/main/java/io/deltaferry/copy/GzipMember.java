package io.deltaferry.copy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32;

/**
 * The frame of one gzip member (RFC 1952) around blocks that were deflated on their own. One member
 * per object: some readers stop silently after the first.
 */
final class GzipMember {
  private static final byte[] HEADER = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff};

  /** The last block of a deflate stream, empty, in fixed codes. */
  private static final byte[] END_OF_STREAM = {3, 0};

  private final CRC32 crc = new CRC32();
  private long length;

  static ByteBuffer header() {
    return ByteBuffer.wrap(HEADER).asReadOnlyBuffer();
  }

  /** Counts what the member will decompress to. */
  void add(ByteBuffer raw) {
    length += raw.remaining();
    crc.update(raw);
  }

  long length() {
    return length;
  }

  ByteBuffer trailer() {
    return ByteBuffer.allocate(END_OF_STREAM.length + 8)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(END_OF_STREAM)
        .putInt((int) crc.getValue())
        .putInt((int) length)
        .flip();
  }
}
