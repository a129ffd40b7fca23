package io.deltaferry.cli.discover;

import io.deltaferry.error.DeltaferryException;
import io.deltaferry.table.Column;
import io.deltaferry.type.MappingOptions;
import io.deltaferry.type.TypeMappings;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Why BigQuery cannot take something, in the words of a run that would fail. */
final class Refusal {
  private Refusal() {}

  /** Empty when the check passes. */
  static Optional<String> of(Runnable check) {
    try {
      check.run();
      return Optional.empty();
    } catch (DeltaferryException refused) {
      return Optional.of(refused.getMessage());
    }
  }

  /** Of a column where those are the key; empty when it can be taken. */
  static Optional<String> of(Column column, List<String> key) {
    MappingOptions options = new MappingOptions(Map.of(), false, new HashSet<>(key));
    return of(() -> TypeMappings.of(column.name(), column.type(), options));
  }
}
