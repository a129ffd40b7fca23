package io.deltaferry.localgcp.bigquery.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deltaferry.localgcp.bigquery.catalog.Catalog;
import io.deltaferry.localgcp.bigquery.catalog.Json;
import io.deltaferry.localgcp.bigquery.catalog.Session;
import io.deltaferry.localgcp.bigquery.catalog.TableEntry;
import io.deltaferry.localgcp.bigquery.catalog.TableId;
import io.deltaferry.localgcp.bigquery.job.Destination.Write;
import io.deltaferry.localgcp.bigquery.type.DuckTypes;
import io.deltaferry.localgcp.bigquery.type.FieldSchema;
import io.deltaferry.localgcp.bigquery.type.TableSchema;
import io.deltaferry.localgcp.http.GoogleError;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Copies the rows of tables of one schema into another, all or nothing. */
final class CopyExecution implements Execution {
  private final Catalog catalog;
  private final Turns turns;
  private final Destination destination;
  private final List<TableId> sources;

  CopyExecution(Catalog catalog, Turns turns, JsonNode copy) {
    this.catalog = catalog;
    this.turns = turns;
    String operation = copy.path("operationType").asText("COPY");
    if (!operation.equals("COPY") && !operation.equals("OPERATION_TYPE_UNSPECIFIED")) {
      throw new GoogleError(
          501, "notImplemented", "Copy jobs of type " + operation + " are not supported here");
    }
    destination = Destination.of(copy, Write.WRITE_EMPTY);
    sources = sources(copy);
  }

  private static List<TableId> sources(JsonNode copy) {
    List<TableId> ids = new ArrayList<>();
    copy.path("sourceTables").forEach(source -> ids.add(Destination.table(source, "sourceTables")));
    if (ids.isEmpty()) {
      ids.add(Destination.table(copy.path("sourceTable"), "sourceTable"));
    }
    return ids;
  }

  @Override
  public Outcome run(Job job, Session session) throws SQLException {
    long rows = turns.write(session, destination, () -> copy(session));
    ObjectNode statistics = Json.object();
    statistics.putObject("copy").put("copiedRows", String.valueOf(rows));
    return new Outcome(job.configuration(), statistics);
  }

  private long copy(Session session) throws SQLException {
    TableEntry first = source(session, sources.get(0));
    ObjectNode properties = first.properties();
    properties.remove("tableConstraints");
    TableSchema schema = first.schema();
    if (sources.contains(destination.id()) && destination.write().replaces()) {
      throw JobFailure.invalid("Cannot copy a table over itself: " + destination.id());
    }
    TableEntry target =
        new DestinationTable(catalog, session)
            .prepare(destination, new DestinationTable.Wanted(schema, properties, null, false))
            .table();
    long rows = 0;
    for (TableId id : sources) {
      TableEntry source = source(session, id);
      SchemaFit.merge(target, source.schema(), false);
      rows += session.update(insert(target, source));
    }
    catalog.touch(session, target);
    return rows;
  }

  private TableEntry source(Session session, TableId id) throws SQLException {
    TableEntry entry = catalog.table(session, id);
    if (entry.view()) {
      throw JobFailure.invalid("Cannot copy the view " + id);
    }
    return entry;
  }

  private static String insert(TableEntry target, TableEntry source) {
    String columns =
        source.schema().fields().stream()
            .map(FieldSchema::name)
            .map(DuckTypes::quote)
            .collect(Collectors.joining(", "));
    return "INSERT INTO %s (%s) SELECT %s FROM %s"
        .formatted(target.id().quoted(), columns, columns, source.id().quoted());
  }
}
