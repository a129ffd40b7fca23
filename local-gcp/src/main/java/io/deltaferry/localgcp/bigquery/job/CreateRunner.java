package io.deltaferry.localgcp.bigquery.job;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deltaferry.localgcp.bigquery.catalog.Catalog;
import io.deltaferry.localgcp.bigquery.catalog.DatasetEntry;
import io.deltaferry.localgcp.bigquery.catalog.Json;
import io.deltaferry.localgcp.bigquery.catalog.Session;
import io.deltaferry.localgcp.bigquery.catalog.TableEntry;
import io.deltaferry.localgcp.bigquery.catalog.TableId;
import io.deltaferry.localgcp.bigquery.catalog.TableKind;
import io.deltaferry.localgcp.bigquery.job.DdlRunner.Operation;
import io.deltaferry.localgcp.bigquery.sql.Binding;
import io.deltaferry.localgcp.bigquery.sql.Definition.CreateTable;
import io.deltaferry.localgcp.bigquery.sql.Definition.CreateView;
import io.deltaferry.localgcp.bigquery.sql.Translation;
import io.deltaferry.localgcp.bigquery.type.TableSchema;
import io.deltaferry.localgcp.http.GoogleError;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** CREATE TABLE and CREATE VIEW. */
final class CreateRunner {
  private final Catalog catalog;
  private final QuerySession query;
  private final Session session;

  CreateRunner(Catalog catalog, QuerySession query) {
    this.catalog = catalog;
    this.query = query;
    this.session = query.session();
  }

  Operation table(CreateTable create, Translation ddl) throws SQLException {
    TableId id = SqlCatalog.id(create.name());
    DatasetEntry dataset = catalog.dataset(session, id.datasetId());
    Operation operation = makeRoom(id, TableKind.TABLE, create.orReplace(), create.ifNotExists());
    if (operation == Operation.SKIP) {
      return operation;
    }
    run(ddl);
    TableSchema schema = ResultSchema.of(create.columns());
    ObjectNode properties = TableProperties.of(create);
    if (create.source() != null) {
      TableEntry source = catalog.table(session, SqlCatalog.id(create.source()));
      schema = source.schema();
      ObjectNode inherited = source.properties();
      Json.patch(inherited, properties);
      properties = inherited;
    }
    catalog.register(
        session,
        catalog.draft(
            dataset,
            id,
            TableKind.TABLE,
            schema.checked(),
            properties,
            TableProperties.expires(create.options())));
    return operation;
  }

  Operation view(CreateView create, Translation ddl) throws SQLException {
    TableId id = SqlCatalog.id(create.name());
    DatasetEntry dataset = catalog.dataset(session, id.datasetId());
    Operation operation = makeRoom(id, TableKind.VIEW, create.orReplace(), create.ifNotExists());
    if (operation == Operation.SKIP) {
      return operation;
    }
    run(ddl);
    ObjectNode properties = Json.object();
    TableProperties.options(properties, create.options());
    properties.putObject("view").put("query", create.query()).put("useLegacySql", false);
    catalog.register(
        session,
        catalog.draft(
            dataset,
            id,
            TableKind.VIEW,
            ResultSchema.of(create.columns()),
            properties,
            TableProperties.expires(create.options())));
    return operation;
  }

  /**
   * What is to be done about a namesake. One that is replaced is only forgotten: the new one's
   * query may read it, and DuckDB replaces it in the same statement.
   */
  private Operation makeRoom(TableId id, TableKind kind, boolean orReplace, boolean ifNotExists)
      throws SQLException {
    catalog.clearExpired(session, id);
    Optional<TableEntry> existing = catalog.findTable(session, id);
    if (existing.isEmpty()) {
      return Operation.CREATE;
    }
    if (ifNotExists) {
      return Operation.SKIP;
    }
    if (!orReplace) {
      throw new GoogleError(409, "duplicate", "Already Exists: Table " + id);
    }
    if (existing.get().kind() != kind) {
      throw JobFailure.wrongKind(existing.get());
    }
    catalog.forget(session, existing.get());
    return Operation.REPLACE;
  }

  private void run(Translation ddl) throws SQLException {
    List<Binding> bindings = ddl.bindings();
    for (String text : ddl.statements()) {
      query.update(text, bindings);
      bindings = List.of();
    }
  }
}
