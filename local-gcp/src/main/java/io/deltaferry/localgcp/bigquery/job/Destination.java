package io.deltaferry.localgcp.bigquery.job;

import com.fasterxml.jackson.databind.JsonNode;
import io.deltaferry.localgcp.bigquery.catalog.TableId;
import io.deltaferry.localgcp.http.GoogleError;

/** Which table a job writes and what it may do to it. */
record Destination(TableId id, Write write, boolean mayCreate) {
  /** The write dispositions; the names are the API's. */
  enum Write {
    WRITE_EMPTY,
    WRITE_APPEND,
    WRITE_TRUNCATE,
    WRITE_TRUNCATE_DATA;

    /** Whether the rows that are there go away. */
    boolean replaces() {
      return this == WRITE_TRUNCATE || this == WRITE_TRUNCATE_DATA;
    }

    /** Whether two jobs of this kind must take turns on a table. */
    boolean exclusive() {
      return this != WRITE_APPEND;
    }
  }

  /**
   * Reads a load's, query's or copy's configuration.
   *
   * @throws GoogleError invalid for a disposition that does not exist, required without a table
   */
  static Destination of(JsonNode configuration, Write byDefault) {
    String write = configuration.path("writeDisposition").asText("");
    String create = configuration.path("createDisposition").asText("");
    return new Destination(
        table(configuration.path("destinationTable"), "destinationTable"),
        write.isEmpty() ? byDefault : writeOf(write),
        mayCreate(create));
  }

  private static Write writeOf(String name) {
    try {
      return Write.valueOf(name);
    } catch (IllegalArgumentException e) {
      throw GoogleError.invalid("Invalid value for writeDisposition: " + name);
    }
  }

  private static boolean mayCreate(String name) {
    return switch (name) {
      case "", "CREATE_IF_NEEDED" -> true;
      case "CREATE_NEVER" -> false;
      default -> throw GoogleError.invalid("Invalid value for createDisposition: " + name);
    };
  }

  /** Reads a table reference. */
  static TableId table(JsonNode reference, String field) {
    return TableId.of(reference)
        .orElseThrow(
            () -> new GoogleError(400, "required", "Required parameter is missing: " + field));
  }
}
