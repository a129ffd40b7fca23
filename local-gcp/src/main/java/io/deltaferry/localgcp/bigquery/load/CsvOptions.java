package io.deltaferry.localgcp.bigquery.load;

import io.deltaferry.localgcp.http.GoogleError;
import java.util.List;

/**
 * What a load job says about its CSV files, which are UTF-8; the caller refuses other encodings.
 *
 * @param quote the quote character, or 0 for none
 * @param nullMarkers unquoted texts read as NULL; BigQuery's default is the empty one
 * @param skipLeadingRows rows skipped at the start of each file; with {@link ColumnMatch#NAME} the
 *     last of them is the header, so there must be one
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
    long maxBadRecords) {

  /** How a file's columns find the table's. */
  public enum ColumnMatch {
    POSITION,
    NAME
  }

  /**
   * @throws GoogleError {@code invalid} for what BigQuery refuses
   */
  public CsvOptions {
    nullMarkers = List.copyOf(nullMarkers);
    if (fieldDelimiter < 1 || fieldDelimiter > 127 || quote > 127) {
      throw GoogleError.invalid("The field delimiter and the quote must be one ASCII character");
    }
    if (fieldDelimiter == quote || fieldDelimiter == '\n' || fieldDelimiter == '\r') {
      throw GoogleError.invalid("The field delimiter must differ from the quote and a line break");
    }
    if (skipLeadingRows < 0 || maxBadRecords < 0) {
      throw GoogleError.invalid("skipLeadingRows and maxBadRecords must not be negative");
    }
    if (columnMatch == ColumnMatch.NAME && skipLeadingRows == 0) {
      throw GoogleError.invalid(
          "sourceColumnMatch NAME reads the header row: skipLeadingRows must be at least 1");
    }
  }

  /** BigQuery's defaults. */
  public static CsvOptions defaults() {
    return new CsvOptions(
        ',', '"', List.of(""), 0, false, false, false, false, ColumnMatch.POSITION, 0);
  }
}
