package io.deltaferry.localgcp.bigquery.load;

import java.util.List;

/**
 * What a load job says about its CSV files.
 *
 * @param nullMarkers unquoted texts read as NULL; BigQuery's default is the empty one
 * @param quote the quote character, or 0 for none
 * @param skipLeadingRows rows skipped at the start of each file; with {@link ColumnMatch#NAME} the
 *     last of them is the header, and 0 counts as 1
 */
public record CsvOptions(
    char fieldDelimiter,
    char quote,
    List<String> nullMarkers,
    int skipLeadingRows,
    boolean allowQuotedNewlines,
    boolean allowJaggedRows,
    boolean ignoreUnknownValues,
    boolean preserveAsciiControlCharacters,
    ColumnMatch columnMatch,
    int maxBadRecords) {

  /** How a file's columns find the table's. */
  public enum ColumnMatch {
    POSITION,
    NAME
  }

  public CsvOptions {
    nullMarkers = List.copyOf(nullMarkers);
  }

  /** BigQuery's defaults. */
  public static CsvOptions defaults() {
    return new CsvOptions(
        ',', '"', List.of(""), 0, false, false, false, false, ColumnMatch.POSITION, 0);
  }
}
