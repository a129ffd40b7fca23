package io.deltaferry.localgcp.bigquery.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deltaferry.localgcp.bigquery.catalog.Catalog;
import io.deltaferry.localgcp.bigquery.catalog.DatasetEntry;
import io.deltaferry.localgcp.bigquery.catalog.Session;
import io.deltaferry.localgcp.bigquery.catalog.TableEntry;
import io.deltaferry.localgcp.bigquery.catalog.TableKind;
import io.deltaferry.localgcp.bigquery.type.TableSchema;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes a job's destination ready for its rows, in the session's transaction. */
final class DestinationTable {
  private final Catalog catalog;
  private final Session session;

  DestinationTable(Catalog catalog, Session session) {
    this.catalog = catalog;
    this.session = session;
  }

  /**
   * A table ready to be written.
   *
   * @param empty whether it holds no rows now
   */
  record Ready(TableEntry table, boolean empty) {}

  /**
   * What the job says of the table.
   *
   * @param schema of the rows that come; null when the job names none
   * @param properties for a new table
   * @param expires for a new table, epoch milliseconds
   * @param mayWiden whether columns of the schema that the table lacks are added to it
   */
  record Wanted(
      @Nullable TableSchema schema,
      ObjectNode properties,
      @Nullable Long expires,
      boolean mayWiden) {}

  Ready prepare(Destination destination, Wanted wanted) throws SQLException {
    DatasetEntry dataset = catalog.dataset(session, destination.id().datasetId());
    Optional<TableEntry> existing = catalog.findTable(session, destination.id());
    if (existing.isEmpty()) {
      return new Ready(create(dataset, destination, wanted), true);
    }
    TableEntry table = existing.get();
    if (table.view()) {
      throw JobFailure.invalid("Cannot write to " + table.id() + ": it is a view");
    }
    samePartitioning(table, wanted.properties());
    return switch (destination.write()) {
      case WRITE_EMPTY -> {
        if (catalog.rows(session, table) > 0) {
          throw new JobFailure(JobError.of("duplicate", "Already Exists: Table " + table.id()));
        }
        yield new Ready(fitted(table, wanted), true);
      }
      case WRITE_APPEND -> {
        TableEntry fitted = fitted(table, wanted);
        yield new Ready(fitted, catalog.rows(session, table) == 0);
      }
      case WRITE_TRUNCATE -> new Ready(replaced(table, wanted), true);
      case WRITE_TRUNCATE_DATA -> {
        session.execute("TRUNCATE " + table.id().quoted());
        yield new Ready(fitted(table, wanted), true);
      }
    };
  }

  private TableEntry create(DatasetEntry dataset, Destination destination, Wanted wanted)
      throws SQLException {
    if (!destination.mayCreate()) {
      throw JobFailure.notFound("Not found: Table " + destination.id());
    }
    if (wanted.schema() == null) {
      throw JobFailure.invalid(
          "No schema specified on job or table "
              + destination.id()
              + "; autodetect is not"
              + " supported here");
    }
    return catalog.createTable(
        session,
        catalog.draft(
            dataset,
            destination.id(),
            TableKind.TABLE,
            wanted.schema(),
            wanted.properties(),
            wanted.expires()));
  }

  private static void samePartitioning(TableEntry table, ObjectNode wanted) {
    for (String kind : new String[] {"timePartitioning", "rangePartitioning"}) {
      JsonNode asked = wanted.path(kind);
      JsonNode kept = table.properties().path(kind);
      boolean differs =
          !asked.isMissingNode()
              && (kept.isMissingNode()
                  || !asked.path("field").equals(kept.path("field"))
                  || !asked.path("type").asText("DAY").equals(kept.path("type").asText("DAY")));
      if (differs) {
        throw JobFailure.invalid(
            "Incompatible table partitioning specification for " + table.id() + ".");
      }
    }
  }

  /** The table as it is, once it is sure that the rows fit into it. */
  private TableEntry fitted(TableEntry table, Wanted wanted) throws SQLException {
    if (wanted.schema() == null) {
      return table;
    }
    TableSchema merged = SchemaFit.merge(table, wanted.schema(), wanted.mayWiden());
    if (merged.equals(table.schema())) {
      return table;
    }
    TableEntry widened = table.withSchema(merged);
    catalog.update(session, table, widened);
    return widened;
  }

  /** WRITE_TRUNCATE: schema and constraints of the table are those of the job. */
  private TableEntry replaced(TableEntry table, Wanted wanted) throws SQLException {
    ObjectNode properties = table.properties();
    properties.remove("tableConstraints");
    TableSchema schema = wanted.schema() == null ? table.schema() : wanted.schema();
    catalog.dropTable(session, table);
    return catalog.createTable(session, table.withSchema(schema).withProperties(properties));
  }
}
