package io.deltaferry.plan;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The one row of a target's state table.
 *
 * @param seq the newest merged run, 0 before the first
 * @param deltaLow from where the newest merged run read, null when it read everything
 * @param deltaDigest of the rows it merged, null when it read everything
 * @param nextLow null when the last change voided it
 * @param high the largest cursor the newest merged run read, or null
 * @param bounds what earlier runs leave to the next one's bound
 * @param targetCreated which table of the target's name all of this is about
 */
public record TableState(
    long seq,
    @Nullable String nextLow,
    @Nullable String definitionHash,
    @Nullable String deltaLow,
    @Nullable String deltaDigest,
    @Nullable String high,
    BoundHistory bounds,
    @Nullable Instant targetCreated) {

  /** The history that counts for a definition: ids of another cursor say nothing. */
  public BoundHistory boundsFor(String definition) {
    return definition.equals(definitionHash) ? bounds : bounds.forgetReads();
  }
}
