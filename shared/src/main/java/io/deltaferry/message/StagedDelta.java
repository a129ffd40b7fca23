package io.deltaferry.message;

import java.time.Instant;

/**
 * An object of the staging bucket is complete.
 *
 * @param object its name
 * @param size in bytes
 */
public record StagedDelta(
    String bucket, String object, long generation, long size, Instant eventTime) {

  /** What told of the object, to be told again. */
  public static StagedDelta of(ObjectFinalized event) {
    return new StagedDelta(
        event.bucket(), event.name(), event.generation(), event.size(), event.eventTime());
  }
}
