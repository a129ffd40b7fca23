package io.deltaferry.localgcp.bigquery.load;

import io.deltaferry.localgcp.bigquery.type.InvalidValueException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** When a cell is NULL: BigQuery tells an unquoted empty cell from a quoted one. */
final class NullRule {
  private final boolean emptyIsNull;
  private final List<byte[]> markers;

  NullRule(List<String> nullMarkers) {
    emptyIsNull = nullMarkers.isEmpty() || nullMarkers.contains("");
    markers =
        nullMarkers.stream()
            .filter(marker -> !marker.isEmpty())
            .map(marker -> marker.getBytes(StandardCharsets.UTF_8))
            .toList();
  }

  boolean isNull(Cell cell, byte[] buffer, int start, int end, boolean quoted)
      throws InvalidValueException {
    if (start == end) {
      return empty(cell, quoted);
    }
    for (byte[] marker : markers) {
      if (Arrays.equals(marker, 0, marker.length, buffer, start, end)) {
        if (quoted) {
          throw new InvalidValueException(
              "Quoted null marker: whether BigQuery reads it as NULL is not documented");
        }
        return true;
      }
    }
    return false;
  }

  private boolean empty(Cell cell, boolean quoted) throws InvalidValueException {
    if (emptyIsNull) {
      return !(quoted && cell.acceptsEmpty());
    }
    if (cell.acceptsEmpty()) {
      return false;
    }
    throw new InvalidValueException("Empty value with a custom null marker");
  }
}
