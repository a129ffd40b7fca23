package io.deltaferry.copy;

import java.io.IOException;

/** Where parts go. */
public interface PartSink {
  /**
   * Begins an object.
   *
   * @param number counts the parts of one attempt from 0
   */
  PartWriter open(int number) throws IOException;
}
