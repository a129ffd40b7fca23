package io.deltaferry.localgcp.bigquery.sql.syntax;

import io.deltaferry.localgcp.http.GoogleError;

/** A place in a script; line and column count from 1. */
public record Position(int line, int column) {
  /** Where the syntax tree does not say: messages then name no place. */
  public static final Position UNKNOWN = new Position(0, 0);

  /** A refusal of the query at this place, worded as BigQuery does. */
  public GoogleError refuse(String message) {
    return new GoogleError(400, "invalidQuery", line == 0 ? message : message + " at " + this);
  }

  /** A refusal of something BigQuery knows and this endpoint does not. */
  public GoogleError unsupported(String what) {
    return refuse("not supported by the local BigQuery: " + what);
  }

  GoogleError syntaxError(String message) {
    return refuse("Syntax error: " + message);
  }

  @Override
  public String toString() {
    return "[" + line + ":" + column + "]";
  }
}
