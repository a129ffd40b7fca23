package io.deltaferry.cli;

import io.deltaferry.cli.local.StackPorts;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code --ports-from}. */
final class PortsText implements ITypeConverter<StackPorts> {
  @Override
  public StackPorts convert(String first) {
    try {
      return StackPorts.from(Integer.parseInt(first));
    } catch (NumberFormatException e) {
      throw new TypeConversionException("'" + first + "' is not a port");
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(String.valueOf(e.getMessage()));
    }
  }
}
