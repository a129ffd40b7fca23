package io.deltaferry.localgcp.bigquery;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** Where load jobs read their source files from. */
public interface LoadFiles {
  /**
   * The objects a source URI names, ordered by name.
   *
   * @param uri {@code gs://bucket/object}; one {@code *} in the object's name matches any text
   * @return empty when nothing matches
   * @throws IOException when the store cannot be read
   */
  List<LoadFile> expand(String uri) throws IOException;

  /**
   * Opens one object as stored, not decompressed; the caller closes it.
   *
   * @param uri a URI without wildcard, as {@link #expand} returned it
   * @throws java.io.FileNotFoundException when there is no such object
   */
  InputStream open(String uri) throws IOException;

  /**
   * One object to load.
   *
   * @param uri {@code gs://bucket/object}
   * @param bytes the stored size
   */
  record LoadFile(String uri, long bytes) {}
}
