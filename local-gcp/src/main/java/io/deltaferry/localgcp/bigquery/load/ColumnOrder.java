package io.deltaferry.localgcp.bigquery.load;

import io.deltaferry.localgcp.bigquery.load.CsvOptions.ColumnMatch;
import io.deltaferry.localgcp.http.GoogleError;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Which cell of a file's rows belongs to which column of the table. */
final class ColumnOrder {
  private final int[] sources;
  private final int width;

  private ColumnOrder(int[] sources, int width) {
    this.sources = sources;
    this.width = width;
  }

  /**
   * Skips the file's leading rows and, when columns match by name, reads the last of them.
   *
   * @throws GoogleError {@code invalid} when the header and the table do not fit
   */
  static ColumnOrder of(CsvOptions options, List<Cell> cells, String uri, CsvRows file)
      throws IOException {
    boolean byName = options.columnMatch() == ColumnMatch.NAME;
    int toSkip = options.skipLeadingRows() - (byName ? 1 : 0);
    for (int i = 0; i < toSkip; i++) {
      skip(file);
    }
    return byName ? ofHeader(options, cells, uri, file) : byPosition(cells.size());
  }

  /** A skipped row may be anything, so its faults are none. */
  private static void skip(CsvRows file) throws IOException {
    try {
      file.next();
    } catch (MalformedRowException e) {
      return;
    }
  }

  private static ColumnOrder byPosition(int columns) {
    int[] sources = new int[columns];
    for (int i = 0; i < columns; i++) {
      sources[i] = i;
    }
    return new ColumnOrder(sources, columns);
  }

  private static ColumnOrder ofHeader(
      CsvOptions options, List<Cell> cells, String uri, CsvRows file) throws IOException {
    Map<String, Integer> header = header(uri, file);
    int[] sources = new int[cells.size()];
    for (int i = 0; i < sources.length; i++) {
      String name = cells.get(i).field.name();
      Integer source = header.remove(name.toLowerCase(Locale.ROOT));
      if (source == null) {
        throw refused("has no column " + name + ", which the table has", uri);
      }
      sources[i] = source;
    }
    if (!header.isEmpty() && !options.ignoreUnknownValues()) {
      throw refused("has a column " + header.keySet() + ", which the table lacks", uri);
    }
    return new ColumnOrder(sources, file.cells());
  }

  private static Map<String, Integer> header(String uri, CsvRows file) throws IOException {
    Map<String, Integer> header = new HashMap<>();
    try {
      if (!file.next()) {
        throw refused("is missing: the file is empty", uri);
      }
    } catch (MalformedRowException e) {
      throw refused("is malformed: " + e.getMessage(), uri);
    }
    for (int i = 0; i < file.cells(); i++) {
      String name = Cell.utf8(file.buffer(), file.start(i), file.end(i));
      if (header.put(name.toLowerCase(Locale.ROOT), i) != null) {
        throw refused("names the column " + name + " twice", uri);
      }
    }
    return header;
  }

  private static GoogleError refused(String what, String uri) {
    return GoogleError.invalid(
        "Error while reading data, error message: The header row " + what + ". File: " + uri);
  }

  /** The cell of a row that holds the table's column. */
  int source(int column) {
    return sources[column];
  }

  void checkWidth(int cells, CsvOptions options) throws MalformedRowException {
    if (cells > width && !options.ignoreUnknownValues()) {
      throw new MalformedRowException(
          "Too many values in line. Found " + cells + " column(s) while expected " + width + ".");
    }
    if (cells < width && !options.allowJaggedRows()) {
      throw new MalformedRowException(
          "CSV table references column position "
              + (width - 1)
              + ", but line contains only "
              + cells
              + " columns.");
    }
  }
}
