package io.deltaferry.copy;

import com.google.common.hash.HashFunction;
import com.google.common.hash.Hashing;
import java.nio.ByteBuffer;

/**
 * A digest of a set of rows that does not depend on their order: the sum, modulo 2^128, of the
 * rows' own 128-bit hashes. Two deltas of one digest are taken for the same rows.
 */
final class RowDigest {
  /** With a small seed some short rows hash to zero, and would not count. */
  private static final HashFunction HASH = Hashing.murmur3_128(/* seed= */ 0x5bd1e995);

  private long low;
  private long high;

  /** Starts from the header, so that the same values under other names are other rows. */
  RowDigest(byte[] header) {
    add(header, header.length);
  }

  void add(byte[] row, int length) {
    ByteBuffer hash = ByteBuffer.wrap(HASH.hashBytes(row, 0, length).asBytes());
    long sum = low + hash.getLong();
    boolean carry = Long.compareUnsigned(sum, low) < 0;
    low = sum;
    high += hash.getLong() + (carry ? 1 : 0);
  }

  /** Thirty-two hex digits. */
  String text() {
    return String.format("%016x%016x", high, low);
  }
}
