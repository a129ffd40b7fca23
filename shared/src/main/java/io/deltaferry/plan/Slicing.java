package io.deltaferry.plan;

import io.deltaferry.run.Receipt;
import io.deltaferry.run.Slice;
import io.deltaferry.sql.RowOrder;
import io.deltaferry.type.CursorKind;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How a run's rows are cut.
 *
 * @param order by which ranges are meant, those of later halves too; null where all rows are read
 *     in one snapshot, and so in one piece
 * @param slices at least one; the n-th has the path n
 * @param parallel how many of them are read at a time: the n-th is followed by the one that many
 *     further on
 * @param high the largest cursor when the run was planned; null when each slice looks for its own,
 *     which no index helps where slices are ranges of blocks
 * @param adopts the abandoned run whose outcomes count for this one, or null
 */
public record Slicing(
    @Nullable RowOrder order,
    List<Slice> slices,
    int parallel,
    @Nullable String high,
    @Nullable Long adopts) {
  public Slicing {
    slices = List.copyOf(slices);
    if (slices.isEmpty() || parallel < 1) {
      throw new IllegalArgumentException("a run has slices, and reads one at a time or more");
    }
  }

  /** One slice of everything. */
  public static Slicing whole(@Nullable RowOrder order, int parallel) {
    return new Slicing(order, WholeDelta.slices(), parallel, null, null);
  }

  /** The same, as the successor of a run that was abandoned within it. */
  Slicing adopting(long abandoned) {
    return new Slicing(order, slices, parallel, high, abandoned);
  }

  /** Whether the run is read in one snapshot as long as that slice is not cut. */
  public boolean isWhole(Slice slice) {
    return slices.size() == 1 && slice.path().equals(Slice.ONLY);
  }

  /** The chain of slices that follow each other, to which this path belongs. */
  public int chain(String path) {
    return Slice.number(path) % parallel;
  }

  /** The largest cursor of the run, or null when no row has one. */
  public @Nullable String high(CursorKind kind, List<Receipt> receipts) {
    return Stream.concat(Stream.ofNullable(high), receipts.stream().map(Receipt::high))
        .filter(Objects::nonNull)
        .max(Comparator.comparing(text -> CursorPosition.parse(kind, text)))
        .orElse(null);
  }
}
