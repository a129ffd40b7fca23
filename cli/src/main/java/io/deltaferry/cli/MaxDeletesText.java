package io.deltaferry.cli;

import io.deltaferry.table.MaxDeletes;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code --max-deletes}, as it stands in the table file. */
final class MaxDeletesText implements ITypeConverter<MaxDeletes> {
  @Override
  public MaxDeletes convert(String text) {
    try {
      return MaxDeletes.parse(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException("'" + text + "' " + e.getMessage());
    }
  }
}
