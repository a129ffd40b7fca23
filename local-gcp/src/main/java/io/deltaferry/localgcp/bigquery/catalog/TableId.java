package io.deltaferry.localgcp.bigquery.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deltaferry.localgcp.http.GoogleError;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A table's or view's full name. */
public record TableId(DatasetId datasetId, String table) {
  // Letters, marks, numbers, connectors, dashes and spaces, as BigQuery documents table names.
  private static final Pattern VALID =
      Pattern.compile("[\\p{L}\\p{M}\\p{N}\\p{Pc}\\p{Pd}\\p{Zs}]{1,1024}");

  /**
   * @throws GoogleError as BigQuery answers, when the name has characters a table cannot have
   */
  public TableId {
    if (!VALID.matcher(table).matches()) {
      throw GoogleError.invalid(
          "Invalid table ID \""
              + table
              + "\". Table IDs must be alphanumeric (plus underscores) and must be at most 1024"
              + " characters long. Also, Table decorators cannot be used.");
    }
  }

  public static TableId of(String project, String dataset, String table) {
    return new TableId(new DatasetId(project, dataset), table);
  }

  /** A table reference of the API; empty unless it has all three names. */
  public static Optional<TableId> of(JsonNode reference) {
    List<String> names =
        Stream.of("projectId", "datasetId", "tableId")
            .map(name -> reference.path(name).asText(""))
            .toList();
    return names.contains("")
        ? Optional.empty()
        : Optional.of(of(names.get(0), names.get(1), names.get(2)));
  }

  /** The API's reference to this table. */
  public ObjectNode reference() {
    return Json.object()
        .put("projectId", project())
        .put("datasetId", dataset())
        .put("tableId", table);
  }

  public String project() {
    return datasetId.project();
  }

  public String dataset() {
    return datasetId.dataset();
  }

  /** The DuckDB table with its schema, quoted for SQL. */
  public String quoted() {
    return datasetId.quoted() + "." + DatasetId.quote(table);
  }

  /** As BigQuery writes it in messages: {@code project:dataset.table}. */
  @Override
  public String toString() {
    return datasetId + "." + table;
  }
}
