package io.deltaferry.cli;

import io.deltaferry.table.SyncMode;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code --mode}. */
final class ModeText implements ITypeConverter<SyncMode> {
  @Override
  public SyncMode convert(String word) {
    return SyncMode.of(word)
        .orElseThrow(
            () ->
                new TypeConversionException(
                    "'" + word + "' is no mode; use " + String.join(", ", SyncMode.words())));
  }
}
