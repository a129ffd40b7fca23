package io.deltaferry.copy;

import java.io.IOException;
import java.nio.ByteBuffer;

/** One object being written; exactly one of {@link #commit} and {@link #abort} ends it. */
public interface PartWriter {
  /** Takes all remaining bytes; blocks while the other side is slower. */
  void write(ByteBuffer bytes) throws IOException;

  /**
   * Makes the object visible, complete.
   *
   * @param rows data rows in it
   */
  PartReceipt commit(long rows) throws IOException;

  /** Leaves nothing visible; never throws, since it follows another failure. */
  void abort();
}
