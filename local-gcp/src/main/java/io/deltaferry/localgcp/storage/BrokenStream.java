package io.deltaferry.localgcp.storage;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A body whose connection breaks after some bytes. */
final class BrokenStream extends FilterInputStream {
  private long left;

  BrokenStream(InputStream in, long left) {
    super(in);
    this.left = left;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (left <= 0) {
      throw new IOException("injected connection reset");
    }
    int read = in.read(target, offset, (int) Math.min(length, left));
    left -= Math.max(read, 0);
    return read;
  }
}
