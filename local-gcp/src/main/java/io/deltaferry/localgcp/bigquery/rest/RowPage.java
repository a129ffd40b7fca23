package io.deltaferry.localgcp.bigquery.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deltaferry.localgcp.bigquery.catalog.Json;
import io.deltaferry.localgcp.bigquery.catalog.Session;
import io.deltaferry.localgcp.bigquery.catalog.TableEntry;
import io.deltaferry.localgcp.bigquery.type.FieldSchema;
import io.deltaferry.localgcp.bigquery.type.RowJson;
import io.deltaferry.localgcp.bigquery.type.TableSchema;
import io.deltaferry.localgcp.bigquery.type.TimestampForm;
import io.deltaferry.localgcp.http.GoogleError;
import io.deltaferry.localgcp.http.HttpCall;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Some rows of a table, in its order.
 *
 * @param next the token that asks for what follows, null at the end
 */
record RowPage(ArrayNode rows, @Nullable String next) {
  private static final long MOST_ROWS = 50_000;

  static RowPage read(Session session, TableEntry table, HttpCall call) throws SQLException {
    long start = Math.max(Page.start(call), Page.number(call, "startIndex", 0));
    long most = Page.number(call, "maxResults", MOST_ROWS);
    return read(session, table, selected(table.schema(), call), timestamps(call), start, most);
  }

  static RowPage read(
      Session session,
      TableEntry table,
      TableSchema schema,
      TimestampForm timestamps,
      long start,
      long most)
      throws SQLException {
    long limit = Math.min(MOST_ROWS, most);
    ArrayNode rows = Json.object().putArray("rows");
    if (schema.fields().isEmpty() || limit == 0) {
      return new RowPage(rows, null);
    }
    RowJson row = new RowJson(schema, timestamps);
    // One row more than asked for tells whether there is another page.
    session.forEach(
        result -> rows.add(row.row(result)),
        "SELECT %s FROM %s LIMIT %d OFFSET %d"
            .formatted(RowJson.columns(schema), table.id().quoted(), limit + 1, start));
    if (rows.size() <= limit) {
      return new RowPage(rows, null);
    }
    rows.remove(rows.size() - 1);
    return new RowPage(rows, String.valueOf(start + limit));
  }

  /** {@code formatOptions.useInt64Timestamp} of the query string. */
  static TimestampForm timestamps(HttpCall call) {
    boolean micros =
        call.query("formatOptions.useInt64Timestamp").map(Boolean::parseBoolean).orElse(false);
    return micros ? TimestampForm.INT64_MICROS : TimestampForm.FLOAT_SECONDS;
  }

  private static TableSchema selected(TableSchema schema, HttpCall call) {
    Optional<String> names = call.query("selectedFields").filter(text -> !text.isEmpty());
    if (names.isEmpty()) {
      return schema;
    }
    List<FieldSchema> fields = new ArrayList<>();
    for (String name : names.get().split(",", -1)) {
      fields.add(
          schema
              .field(name)
              .orElseThrow(() -> GoogleError.invalid("Invalid field name \"" + name + "\".")));
    }
    return new TableSchema(fields);
  }

  /** Adds the rows to an answer. */
  void into(ObjectNode json) {
    if (!rows.isEmpty()) {
      json.set("rows", rows);
    }
    if (next != null) {
      json.put("pageToken", next);
    }
  }
}
