package io.deltaferry.run;

import java.time.Instant;
import java.util.Map;

/**
 * An object as a listing shows it.
 *
 * @param created by the bucket's own clock
 */
public record StoredObject(String name, long size, Instant created, Map<String, String> metadata) {
  public StoredObject {
    metadata = Map.copyOf(metadata);
  }
}
