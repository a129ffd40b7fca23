package io.deltaferry.copy;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one extraction staged.
 *
 * @param rows from COPY's command tag
 * @param parts in order; empty when there were no rows
 * @param uncompressedBytes of CSV, headers included
 * @param high the largest cursor in the snapshot as {@link io.deltaferry.type.CursorKind} writes
 *     it, or null when no row has a finite one
 * @param nullCursors rows without a cursor
 * @param overlap rows that an earlier run has read too
 * @param losses values changed by policy, by column; only columns that lost something
 * @param digest of the rows, whatever their order; null for a delta without a low end, which is
 *     never compared
 */
public record CopyResult(
    long rows,
    List<PartReceipt> parts,
    long uncompressedBytes,
    @Nullable String high,
    long nullCursors,
    long overlap,
    Map<String, Long> losses,
    @Nullable String digest) {
  public CopyResult {
    parts = List.copyOf(parts);
    losses = Map.copyOf(losses);
  }
}
