package io.deltaferry.localgcp.bigquery.job;

import com.fasterxml.jackson.databind.JsonNode;
import io.deltaferry.localgcp.bigquery.load.CsvOptions;
import io.deltaferry.localgcp.bigquery.load.CsvOptions.ColumnMatch;
import io.deltaferry.localgcp.http.GoogleError;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads a load's configuration; what it does not know, it refuses. */
final class CsvConfiguration {
  private static final KnownSettings KNOWN =
      new KnownSettings(
          "load",
          Set.of(
              "allowJaggedRows",
              "allowQuotedNewlines",
              "clustering",
              "columnNameCharacterMap",
              "createDisposition",
              "destinationTable",
              "destinationTableProperties",
              "encoding",
              "fieldDelimiter",
              "ignoreUnknownValues",
              "maxBadRecords",
              "nullMarker",
              "nullMarkers",
              "preserveAsciiControlCharacters",
              "quote",
              "rangePartitioning",
              "schema",
              "schemaUpdateOptions",
              "skipLeadingRows",
              "sourceColumnMatch",
              "sourceFormat",
              "sourceUris",
              "timePartitioning",
              "writeDisposition",
              // These change nothing for a CSV file whose schema is known.
              "decimalTargetTypes",
              "useAvroLogicalTypes",
              "projectionFields"));

  private CsvConfiguration() {}

  static CsvOptions read(JsonNode load) {
    refuseUnknown(load);
    return new CsvOptions(
        delimiter(load.path("fieldDelimiter").asText(",")),
        quote(load),
        nullMarkers(load),
        load.path("skipLeadingRows").asInt(0),
        load.path("allowQuotedNewlines").asBoolean(false),
        load.path("allowJaggedRows").asBoolean(false),
        load.path("ignoreUnknownValues").asBoolean(false),
        load.path("preserveAsciiControlCharacters").asBoolean(false),
        columnMatch(load.path("sourceColumnMatch").asText("")),
        load.path("maxBadRecords").asLong(0));
  }

  private static void refuseUnknown(JsonNode load) {
    String format = load.path("sourceFormat").asText("CSV");
    if (!format.equals("CSV")) {
      throw unsupported("sourceFormat " + format);
    }
    String encoding = load.path("encoding").asText("UTF-8");
    if (!encoding.equals("UTF-8")) {
      throw unsupported("encoding " + encoding);
    }
    KNOWN.refuseOthers(load);
  }

  private static GoogleError unsupported(String what) {
    return new GoogleError(501, "notImplemented", what + " is not supported here");
  }

  private static char delimiter(String text) {
    String delimiter = text.equals("tab") || text.equals("\\t") ? "\t" : text;
    return single("fieldDelimiter", delimiter.isEmpty() ? "," : delimiter);
  }

  /** Absent is the double quote; the empty text switches quoting off. */
  private static char quote(JsonNode load) {
    if (!load.hasNonNull("quote")) {
      return '"';
    }
    String quote = load.path("quote").asText();
    return quote.isEmpty() ? 0 : single("quote", quote);
  }

  private static char single(String name, String text) {
    if (text.length() != 1) {
      throw GoogleError.invalid("Invalid value for " + name + ": it must be one character");
    }
    return text.charAt(0);
  }

  private static List<String> nullMarkers(JsonNode load) {
    List<String> markers = new ArrayList<>();
    load.path("nullMarkers").forEach(marker -> markers.add(marker.asText()));
    if (!markers.isEmpty() && load.hasNonNull("nullMarker")) {
      throw GoogleError.invalid("Only one of nullMarker and nullMarkers can be set");
    }
    return markers.isEmpty() ? List.of(load.path("nullMarker").asText("")) : markers;
  }

  private static ColumnMatch columnMatch(String name) {
    return switch (name) {
      case "", "POSITION", "SOURCE_COLUMN_MATCH_UNSPECIFIED" -> ColumnMatch.POSITION;
      case "NAME" -> ColumnMatch.NAME;
      default -> throw GoogleError.invalid("Invalid value for sourceColumnMatch: " + name);
    };
  }
}
