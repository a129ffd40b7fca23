package io.deltaferry.localgcp.bigquery.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deltaferry.localgcp.bigquery.catalog.Catalog;
import io.deltaferry.localgcp.bigquery.catalog.Json;
import io.deltaferry.localgcp.bigquery.catalog.Session;
import io.deltaferry.localgcp.bigquery.catalog.TableEntry;
import io.deltaferry.localgcp.bigquery.type.DuckTypes;
import io.deltaferry.localgcp.bigquery.type.FieldRefusedException;
import io.deltaferry.localgcp.bigquery.type.FieldSchema;
import io.deltaferry.localgcp.bigquery.type.InsertRow;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** Rows that come by insertAll: visible at once, but for half an hour out of reach of DML. */
public final class Streaming {
  private static final Duration BUFFERED = Duration.ofMinutes(30);
  private static final Duration REMEMBERED = Duration.ofMinutes(1);

  private final Catalog catalog;
  private final Map<Long, Long> lastByTable = new ConcurrentHashMap<>();
  private final Map<String, Long> insertIds = new ConcurrentHashMap<>();

  /** Streaming into the catalog's tables. */
  public Streaming(Catalog catalog) {
    this.catalog = catalog;
  }

  /**
   * Refuses a statement that changes rows while some may still be in the buffer.
   *
   * @throws JobFailure invalidQuery
   */
  void checkSettled(TableEntry table) {
    Long last = lastByTable.get(table.number());
    if (last != null && last + BUFFERED.toMillis() > catalog.clock().millis()) {
      throw JobFailure.invalidQuery(
          "UPDATE or DELETE statement over table "
              + table.id().project()
              + "."
              + table.id().dataset()
              + "."
              + table.id().table()
              + " would affect rows in the streaming buffer, which is not supported");
    }
  }

  private record Row(int index, String sql, String insertId) {}

  /**
   * Adds the rows of an insertAll request.
   *
   * @return the entries of {@code insertErrors}; empty when every row was taken
   */
  public ArrayNode insert(Session session, TableEntry table, JsonNode request) throws SQLException {
    Map<Integer, ObjectNode> errors = new TreeMap<>();
    List<Row> rows = new ArrayList<>();
    boolean ignoreUnknown = request.path("ignoreUnknownValues").asBoolean(false);
    int index = 0;
    for (JsonNode row : request.path("rows")) {
      try {
        rows.add(row(table, row, index, ignoreUnknown));
      } catch (FieldRefusedException e) {
        errors.put(index, error(index, "invalid", e.location(), e.getMessage()));
      }
      index++;
    }
    boolean all = errors.isEmpty() || request.path("skipInvalidRows").asBoolean(false);
    if (all && !rows.isEmpty()) {
      write(session, table, rows);
    } else if (!all) {
      rows.forEach(row -> errors.put(row.index(), error(row.index(), "stopped", "", "")));
    }
    ArrayNode answer = Json.object().putArray("insertErrors");
    errors.values().forEach(answer::add);
    return answer;
  }

  private static ObjectNode error(int index, String reason, String location, String message) {
    ObjectNode entry = Json.object().put("index", index);
    entry
        .putArray("errors")
        .addObject()
        .put("reason", reason)
        .put("location", location)
        .put("debugInfo", "")
        .put("message", message);
    return entry;
  }

  private static Row row(TableEntry table, JsonNode row, int index, boolean ignoreUnknown)
      throws FieldRefusedException {
    JsonNode json = row.path("json");
    List<String> literals = InsertRow.literals(table.schema(), json, ignoreUnknown);
    List<String> columns = new ArrayList<>();
    List<String> values = new ArrayList<>();
    for (int i = 0; i < literals.size(); i++) {
      FieldSchema field = table.schema().fields().get(i);
      boolean takesDefault = field.defaultValueExpression() != null && !names(json, field);
      columns.add(DuckTypes.quote(field.name()));
      values.add(takesDefault ? "DEFAULT" : literals.get(i));
    }
    String sql =
        "INSERT INTO %s (%s) VALUES (%s)"
            .formatted(table.id().quoted(), String.join(", ", columns), String.join(", ", values));
    return new Row(index, sql, row.path("insertId").asText(""));
  }

  private static boolean names(JsonNode json, FieldSchema field) {
    return json.properties().stream()
        .anyMatch(entry -> entry.getKey().equalsIgnoreCase(field.name()));
  }

  private void write(Session session, TableEntry table, List<Row> rows) throws SQLException {
    long now = catalog.clock().millis();
    insertIds.values().removeIf(at -> at + REMEMBERED.toMillis() < now);
    Set<String> taken = new HashSet<>();
    // Filled anew in each run: see persistently.
    session.persistently(
        () -> {
          taken.clear();
          for (Row row : rows) {
            String key = table.number() + "/" + row.insertId();
            boolean again =
                !row.insertId().isEmpty() && (insertIds.containsKey(key) || !taken.add(key));
            if (!again) {
              session.execute(row.sql());
            }
          }
          catalog.touch(session, table);
          return true;
        });
    taken.forEach(key -> insertIds.put(key, now));
    lastByTable.put(table.number(), now);
  }
}
