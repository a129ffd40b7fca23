package io.deltaferry.localgcp.bigquery.load;

import io.deltaferry.localgcp.bigquery.type.FieldMode;
import io.deltaferry.localgcp.bigquery.type.InvalidValueException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.sql.SQLException;
import java.util.List;
import org.duckdb.DuckDBAppender;

/** Appends the rows of CSV files, one file after the other, until too many were refused. */
final class CsvFileLoad {
  private static final int QUOTED_VALUE = 100;

  private final CsvOptions options;
  private final List<Cell> cells;
  private final DuckDBAppender appender;
  private final RowErrors errors;
  private final NullRule nulls;
  private long rows;
  private long bytes;

  CsvFileLoad(CsvOptions options, List<Cell> cells, DuckDBAppender appender, RowErrors errors) {
    this.options = options;
    this.cells = List.copyOf(cells);
    this.appender = appender;
    this.errors = errors;
    this.nulls = new NullRule(options.nullMarkers());
  }

  long rows() {
    return rows;
  }

  long bytes() {
    return bytes;
  }

  void load(String uri, CsvRows file) throws IOException, SQLException {
    ColumnOrder order = ColumnOrder.of(options, cells, uri, file);
    while (!errors.tooMany()) {
      if (Thread.currentThread().isInterrupted()) {
        throw new InterruptedIOException("the load was stopped");
      }
      try {
        if (!file.next()) {
          return;
        }
        if (!file.blank() || cells.size() == 1) {
          read(file, order);
          append();
        }
      } catch (MalformedRowException e) {
        errors.add(
            uri,
            "Error detected while parsing row starting at position: "
                + file.rowOffset()
                + ". Error: "
                + e.getMessage()
                + "; line_number: "
                + file.rowLine());
      } catch (BadCell e) {
        errors.add(uri, e.getMessage());
      }
    }
  }

  private void read(CsvRows file, ColumnOrder order) throws MalformedRowException, BadCell {
    if (file.blank()) {
      // BigQuery skips empty lines, and this one may have meant a NULL.
      throw new MalformedRowException("Empty line in a table of one column");
    }
    order.checkWidth(file.cells(), options);
    for (int column = 0; column < cells.size(); column++) {
      Cell cell = cells.get(column);
      int source = order.source(column);
      if (source >= file.cells()) {
        cell.setNull();
        checkRequired(file, cell, column);
      } else {
        readCell(file, cell, column, source);
      }
    }
  }

  private void readCell(CsvRows file, Cell cell, int column, int source)
      throws MalformedRowException, BadCell {
    byte[] buffer = file.buffer();
    int start = file.start(source);
    int end = file.end(source);
    try {
      if (nulls.isNull(cell, buffer, start, end, file.quoted(source))) {
        cell.setNull();
      } else {
        cell.set(buffer, start, end);
        return;
      }
    } catch (InvalidValueException e) {
      String value = Cell.utf8(buffer, start, Math.min(end, start + QUOTED_VALUE));
      throw new BadCell(describe(file, cell, column, value, e.getMessage()));
    }
    checkRequired(file, cell, column);
  }

  private static void checkRequired(CsvRows file, Cell cell, int column)
      throws MalformedRowException {
    if (cell.field.mode() == FieldMode.REQUIRED) {
      throw new MalformedRowException(
          "Required column value for column index: "
              + column
              + " is missing in row starting at position: "
              + file.rowOffset()
              + "; column_name: \""
              + cell.field.name()
              + "\"");
    }
  }

  private static String describe(CsvRows file, Cell cell, int column, String value, String reason) {
    return String.format(
        "Could not parse '%s' as %s for field %s (position %d) starting at location %d with message"
            + " '%s'; line_number: %d byte_offset_to_start_of_line: %d column_index: %d"
            + " column_name: \"%s\" column_type: %s",
        value,
        cell.field.type(),
        cell.field.name(),
        column,
        file.rowOffset(),
        reason,
        file.rowLine(),
        file.rowOffset(),
        column,
        cell.field.name(),
        cell.field.type());
  }

  private void append() throws SQLException {
    appender.beginRow();
    for (Cell cell : cells) {
      cell.appendTo(appender);
      bytes += cell.logicalBytes();
    }
    appender.endRow();
    rows++;
  }

  /** A value that is not one of its column's type; the message is complete. */
  private static final class BadCell extends Exception {
    private static final long serialVersionUID = 1L;

    BadCell(String message) {
      super(message, null, false, false);
    }

    @Override
    public String getMessage() {
      return String.valueOf(super.getMessage());
    }
  }
}
