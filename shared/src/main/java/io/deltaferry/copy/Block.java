package io.deltaferry.copy;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.zip.Deflater;

/** About a megabyte of whole CSV rows, and what they compress to; used over and over. */
final class Block {
  static final int SIZE = 1 << 20;

  private byte[] raw = new byte[SIZE];
  private int rawLength;
  private long rows;
  private byte[] packed = new byte[SIZE / 2];
  private int packedLength;
  private CountDownLatch packedLatch = new CountDownLatch(1);

  /** Whether the row fits; an empty block takes a row of any size. */
  boolean takes(int rowLength) {
    return rawLength == 0 || rowLength <= SIZE - rawLength;
  }

  void add(byte[] row, int length) {
    if (length > raw.length - rawLength) {
      raw = Arrays.copyOf(raw, rawLength + length);
    }
    System.arraycopy(row, 0, raw, rawLength, length);
    rawLength += length;
    rows++;
  }

  boolean isEmpty() {
    return rawLength == 0;
  }

  /** Deflates the rows on their own, ending at a byte, so that blocks can follow each other. */
  void pack(Deflater deflater) {
    deflater.reset();
    deflater.setInput(raw, 0, rawLength);
    packedLength = 0;
    int written;
    do {
      if (packedLength == packed.length) {
        packed = Arrays.copyOf(packed, packed.length * 2);
      }
      written =
          deflater.deflate(packed, packedLength, packed.length - packedLength, Deflater.SYNC_FLUSH);
      packedLength += written;
      // A full buffer may mean there is more to come.
    } while (packedLength == packed.length || !deflater.needsInput());
    packedLatch.countDown();
  }

  void awaitPacked() throws InterruptedException {
    packedLatch.await();
  }

  ByteBuffer raw() {
    return ByteBuffer.wrap(raw, 0, rawLength);
  }

  ByteBuffer packed() {
    return ByteBuffer.wrap(packed, 0, packedLength);
  }

  long rows() {
    return rows;
  }

  /** Empties the block; what one huge row made it grow is given back. */
  void reset() {
    rawLength = 0;
    rows = 0;
    packedLength = 0;
    packedLatch = new CountDownLatch(1);
    if (raw.length > SIZE) {
      raw = new byte[SIZE];
      packed = new byte[SIZE / 2];
    }
  }
}
