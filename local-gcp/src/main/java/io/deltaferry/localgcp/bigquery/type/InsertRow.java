package io.deltaferry.localgcp.bigquery.type;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Rows of {@code tabledata.insertAll}: plain JSON objects, checked and made ready for DuckDB. */
public final class InsertRow {
  private InsertRow() {}

  /**
   * The row's values as DuckDB literals, one for each column of the schema, in its order, each of
   * exactly its column's type: {@code INSERT INTO t VALUES (<these, joined by commas>)}. Columns
   * the row does not name are NULL or empty lists.
   *
   * @param json the {@code json} member of one of the request's rows
   * @throws FieldRefusedException for {@code insertErrors}, reason {@code invalid}
   */
  public static List<String> literals(
      TableSchema schema, JsonNode json, boolean ignoreUnknownValues) throws FieldRefusedException {
    if (!json.isObject()) {
      throw new FieldRefusedException("", "A row must be a JSON object.");
    }
    ObjectNode values = new CanonicalJson(ignoreUnknownValues).members(schema, json, "");
    return schema.fields().stream()
        .map(field -> DuckLiterals.of(field, values.path(field.name())))
        .toList();
  }
}
