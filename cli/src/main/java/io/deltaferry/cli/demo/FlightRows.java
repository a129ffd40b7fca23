package io.deltaferry.cli.demo;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which flights the demo loads.
 *
 * @param count how many, from the beginning of the file
 * @param parquet a Parquet file of flights; null: the 250,000 the program carries
 */
public record FlightRows(long count, @Nullable Path parquet) {
  /** How many flights the program carries. */
  public static final long CARRIED = 250_000;

  public FlightRows {
    if (count < 1) {
      throw new IllegalArgumentException("--flights must be 1 or more, but is " + count);
    }
    if (parquet == null && count > CARRIED) {
      throw new IllegalArgumentException(
          "--flights "
              + count
              + " needs --flights-file FILE.parquet: the program carries "
              + CARRIED
              + " flights (a file of 3,000,000 is published as vega-datasets' flights-3m.parquet)");
    }
  }

  Optional<Path> file() {
    return Optional.ofNullable(parquet);
  }
}
