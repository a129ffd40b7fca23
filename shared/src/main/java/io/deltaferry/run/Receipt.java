package io.deltaferry.run;

import io.deltaferry.copy.PartReceipt;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a slice staged.
 *
 * @param slice the slice's path in the plan
 * @param attempt names the attempt whose parts count
 * @param rows from COPY's command tag
 * @param uncompressedBytes of CSV
 * @param high the largest cursor in the slice's snapshot as PostgreSQL prints it in UTC, or null
 *     when no row has one
 * @param nullCursors rows without a cursor, which no later increment can see
 * @param rowsOverlap rows that an earlier run has read too
 * @param losses values changed by policy, by column; only columns that lost something
 * @param digest of the rows, whatever their order; null when the slice has no low end
 * @param started when the extraction began, by this instance's clock
 * @param finished when the last part was complete, by this instance's clock
 */
public record Receipt(
    String slice,
    String attempt,
    long rows,
    List<PartReceipt> parts,
    long uncompressedBytes,
    @Nullable String high,
    long nullCursors,
    long rowsOverlap,
    Map<String, Long> losses,
    @Nullable String digest,
    Instant started,
    Instant finished)
    implements Outcome {
  public Receipt {
    parts = List.copyOf(parts);
    losses = java.util.Collections.unmodifiableMap(new TreeMap<>(losses));
    long staged = parts.stream().mapToLong(PartReceipt::rows).sum();
    if (staged != rows) {
      throw new IllegalArgumentException(
          "slice " + slice + ": " + rows + " rows copied, " + staged + " staged");
    }
  }
}
