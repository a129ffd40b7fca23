package io.deltaferry.localgcp.bigquery.load;

import java.util.List;

/** Options that differ from BigQuery's defaults in what a test is about. */
final class CsvOptionsBuilder {
  private char delimiter = ',';
  private char quote = '"';
  private List<String> nullMarkers = List.of("");
  private int skip;
  private boolean quotedNewlines;
  private boolean jagged;
  private boolean ignoreUnknown;
  private boolean controlCharacters;
  private CsvOptions.ColumnMatch match = CsvOptions.ColumnMatch.POSITION;
  private long maxBad;

  static CsvOptionsBuilder defaults() {
    return new CsvOptionsBuilder();
  }

  CsvOptionsBuilder delimiter(char value) {
    delimiter = value;
    return this;
  }

  CsvOptionsBuilder quote(char value) {
    quote = value;
    return this;
  }

  CsvOptionsBuilder nullMarkers(String... values) {
    nullMarkers = List.of(values);
    return this;
  }

  CsvOptionsBuilder skip(int rows) {
    skip = rows;
    return this;
  }

  CsvOptionsBuilder byName() {
    match = CsvOptions.ColumnMatch.NAME;
    skip = 1;
    return this;
  }

  CsvOptionsBuilder quotedNewlines() {
    quotedNewlines = true;
    return this;
  }

  CsvOptionsBuilder jagged() {
    jagged = true;
    return this;
  }

  CsvOptionsBuilder ignoreUnknown() {
    ignoreUnknown = true;
    return this;
  }

  CsvOptionsBuilder controlCharacters() {
    controlCharacters = true;
    return this;
  }

  CsvOptionsBuilder maxBad(long value) {
    maxBad = value;
    return this;
  }

  CsvOptions build() {
    return new CsvOptions(
        delimiter,
        quote,
        nullMarkers,
        skip,
        quotedNewlines,
        jagged,
        ignoreUnknown,
        controlCharacters,
        match,
        maxBad);
  }
}
