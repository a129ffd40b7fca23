package io.deltaferry.run;

import java.time.Instant;
import java.util.Map;

/**
 * An object as a listing shows it.
 *
 * @param size in bytes, as they are stored
 * @param crc32c of those, base64 as Cloud Storage writes it
 * @param created by the bucket's own clock
 */
public record StoredObject(
    String name, long size, String crc32c, Instant created, Map<String, String> metadata) {
  public StoredObject {
    metadata = Map.copyOf(metadata);
  }
}
