package io.deltaferry.localgcp.bigquery.job;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deltaferry.localgcp.bigquery.catalog.Catalog;
import io.deltaferry.localgcp.bigquery.catalog.DatasetId;
import io.deltaferry.localgcp.bigquery.catalog.Json;
import io.deltaferry.localgcp.bigquery.catalog.Session;
import io.deltaferry.localgcp.bigquery.catalog.TableEntry;
import io.deltaferry.localgcp.bigquery.catalog.TableId;
import io.deltaferry.localgcp.bigquery.sql.Definition;
import io.deltaferry.localgcp.bigquery.sql.Definition.AlterTable;
import io.deltaferry.localgcp.bigquery.sql.Definition.CreateSchema;
import io.deltaferry.localgcp.bigquery.sql.Definition.CreateTable;
import io.deltaferry.localgcp.bigquery.sql.Definition.CreateView;
import io.deltaferry.localgcp.bigquery.sql.Definition.DropSchema;
import io.deltaferry.localgcp.bigquery.sql.Definition.DropTable;
import io.deltaferry.localgcp.bigquery.sql.Translation;
import io.deltaferry.localgcp.http.GoogleError;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Optional;

/** Carries out a DDL statement in the session's transaction: DuckDB's part and the catalog's. */
final class DdlRunner {
  private final Catalog catalog;
  private final QuerySession query;
  private final Session session;

  DdlRunner(Catalog catalog, QuerySession query) {
    this.catalog = catalog;
    this.query = query;
    this.session = query.session();
  }

  /** What a statement did; the names are the API's {@code ddlOperationPerformed}. */
  enum Operation {
    CREATE,
    SKIP,
    REPLACE,
    ALTER,
    DROP
  }

  Operation run(Translation ddl, ObjectNode statistics) throws SQLException {
    Definition definition = Objects.requireNonNull(ddl.definition(), "DDL has a definition");
    Operation operation;
    if (definition instanceof CreateTable create) {
      operation = new CreateRunner(catalog, query).table(create, ddl);
    } else if (definition instanceof CreateView create) {
      operation = new CreateRunner(catalog, query).view(create, ddl);
    } else if (definition instanceof CreateSchema create) {
      operation = createSchema(create);
    } else if (definition instanceof DropTable drop) {
      operation = drop(drop);
    } else if (definition instanceof DropSchema drop) {
      operation = dropSchema(drop);
    } else if (definition instanceof AlterTable alter) {
      operation = new AlterRunner(catalog, session).run(alter);
    } else {
      throw new IllegalStateException("unknown definition " + definition);
    }
    statistics.put("ddlOperationPerformed", operation.name());
    if (ddl.target() != null) {
      statistics.set("ddlTargetTable", SqlCatalog.id(ddl.target()).reference());
    }
    return operation;
  }

  private Operation createSchema(CreateSchema create) throws SQLException {
    DatasetId id = new DatasetId(create.project(), create.dataset());
    if (create.ifNotExists() && catalog.findDataset(session, id).isPresent()) {
      return Operation.SKIP;
    }
    ObjectNode properties = Json.object();
    create.options().forEach((name, value) -> schemaOption(properties, name, value));
    catalog.createDataset(session, id, properties);
    return Operation.CREATE;
  }

  private static void schemaOption(ObjectNode properties, String name, Object value) {
    switch (name) {
      case "description", "labels", "location" -> properties.set(name, Json.of(value));
      case "friendly_name" -> properties.set("friendlyName", Json.of(value));
      case "default_table_expiration_days" ->
          properties.put("defaultTableExpirationMs", String.valueOf(TableProperties.millis(value)));
      default -> throw JobFailure.invalidQuery("The option " + name + " is not supported here");
    }
  }

  private Operation dropSchema(DropSchema drop) throws SQLException {
    DatasetId id = new DatasetId(drop.project(), drop.dataset());
    if (drop.ifExists() && catalog.findDataset(session, id).isEmpty()) {
      return Operation.SKIP;
    }
    catalog.deleteDataset(session, id, drop.cascade());
    return Operation.DROP;
  }

  private Operation drop(DropTable drop) throws SQLException {
    TableId id = SqlCatalog.id(drop.name());
    Optional<TableEntry> table = catalog.findTable(session, id);
    if (table.isEmpty()) {
      if (drop.ifExists()) {
        return Operation.SKIP;
      }
      throw GoogleError.notFound("Not found: Table " + id);
    }
    if (table.get().view() != drop.view()) {
      throw JobFailure.wrongKind(table.get());
    }
    catalog.dropTable(session, table.get());
    return Operation.DROP;
  }
}
