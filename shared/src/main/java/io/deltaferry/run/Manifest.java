package io.deltaferry.run;

import io.deltaferry.copy.PartReceipt;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A run's list of receipts, written last: the only thing that makes its data visible. A pure
 * function of the plan and the receipts, so every writer writes the same bytes.
 *
 * @param planHash of the plan object's bytes
 * @param rowsOverlap rows that an earlier run has read too
 * @param high the largest cursor of all slices, or null when no row has one
 * @param nextLow from where the next increment reads, or null when the source has no cursor value
 */
public record Manifest(
    String table,
    long seq,
    String planHash,
    long rows,
    long nullCursors,
    long rowsOverlap,
    long uncompressedBytes,
    @Nullable String high,
    @Nullable String nextLow,
    Map<String, Long> losses,
    List<Receipt> receipts) {
  public Manifest {
    receipts = List.copyOf(receipts);
    losses = java.util.Collections.unmodifiableMap(new TreeMap<>(losses));
  }

  /**
   * The manifest of these receipts.
   *
   * @param receipts of all leaf slices, in slice order
   */
  public static Manifest of(
      RunId run,
      String planHash,
      List<Receipt> receipts,
      @Nullable String high,
      @Nullable String nextLow) {
    Map<String, Long> losses = new TreeMap<>();
    for (Receipt receipt : receipts) {
      receipt.losses().forEach((column, count) -> losses.merge(column, count, Long::sum));
    }
    return new Manifest(
        run.table(),
        run.seq(),
        planHash,
        receipts.stream().mapToLong(Receipt::rows).sum(),
        receipts.stream().mapToLong(Receipt::nullCursors).sum(),
        receipts.stream().mapToLong(Receipt::rowsOverlap).sum(),
        receipts.stream().mapToLong(Receipt::uncompressedBytes).sum(),
        high,
        nextLow,
        losses,
        receipts);
  }

  public RunId run() {
    return new RunId(table, seq);
  }

  /** Whether the rows come from several snapshots, and say from which. */
  public boolean isSliced() {
    return receipts.stream().anyMatch(receipt -> !receipt.slice().equals(Slice.ONLY));
  }

  /** All parts, in slice order. */
  public List<PartReceipt> parts() {
    return receipts.stream().flatMap(receipt -> receipt.parts().stream()).toList();
  }
}
