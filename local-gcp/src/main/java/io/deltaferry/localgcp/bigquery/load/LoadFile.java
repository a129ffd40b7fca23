package io.deltaferry.localgcp.bigquery.load;

import java.io.IOException;
import java.io.InputStream;

/**
 * One object to load.
 *
 * @param uri its {@code gs://} name, for error messages
 * @param bytes its stored size
 * @param content opens it, as stored; called once, closed by the load
 */
public record LoadFile(String uri, long bytes, Content content) {

  /** Opens an object's stored bytes. */
  @FunctionalInterface
  public interface Content {
    InputStream open() throws IOException;
  }
}
