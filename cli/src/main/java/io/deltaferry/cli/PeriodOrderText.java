package io.deltaferry.cli;

import io.deltaferry.table.PeriodOrder;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code --order}. */
final class PeriodOrderText implements ITypeConverter<PeriodOrder> {
  @Override
  public PeriodOrder convert(String word) {
    return PeriodOrder.of(word)
        .orElseThrow(
            () ->
                new TypeConversionException(
                    "'" + word + "' is no order; use " + String.join(", ", PeriodOrder.words())));
  }
}
