package io.deltaferry.localgcp.bigquery.type;

import io.deltaferry.localgcp.http.GoogleError;
import java.util.Locale;

/** A column type by its GoogleSQL name; the REST API writes some under an older name. */
public enum BigQueryType {
  BOOL("BOOLEAN"),
  INT64("INTEGER"),
  FLOAT64("FLOAT"),
  NUMERIC("NUMERIC"),
  BIGNUMERIC("BIGNUMERIC"),
  STRING("STRING"),
  BYTES("BYTES"),
  DATE("DATE"),
  DATETIME("DATETIME"),
  TIME("TIME"),
  TIMESTAMP("TIMESTAMP"),
  JSON("JSON"),
  INTERVAL("INTERVAL"),
  GEOGRAPHY("GEOGRAPHY"),
  STRUCT("RECORD");

  private final String restName;

  BigQueryType(String restName) {
    this.restName = restName;
  }

  /** The name the REST API writes in a table's schema. */
  public String restName() {
    return restName;
  }

  /**
   * Reads any spelling the API and GoogleSQL accept, in any case.
   *
   * @throws GoogleError {@code invalid} for a type this endpoint does not know
   */
  public static BigQueryType parse(String name) {
    return switch (name.toUpperCase(Locale.ROOT)) {
      case "BOOL", "BOOLEAN" -> BOOL;
      case "INT64", "INTEGER", "INT", "SMALLINT", "BIGINT", "TINYINT", "BYTEINT" -> INT64;
      case "FLOAT64", "FLOAT" -> FLOAT64;
      case "NUMERIC", "DECIMAL" -> NUMERIC;
      case "BIGNUMERIC", "BIGDECIMAL" -> BIGNUMERIC;
      case "STRING" -> STRING;
      case "BYTES" -> BYTES;
      case "DATE" -> DATE;
      case "DATETIME" -> DATETIME;
      case "TIME" -> TIME;
      case "TIMESTAMP" -> TIMESTAMP;
      case "JSON" -> JSON;
      case "INTERVAL" -> INTERVAL;
      case "GEOGRAPHY" -> GEOGRAPHY;
      case "STRUCT", "RECORD" -> STRUCT;
      default -> throw GoogleError.invalid("Invalid value for type: " + name + " is not supported");
    };
  }
}
