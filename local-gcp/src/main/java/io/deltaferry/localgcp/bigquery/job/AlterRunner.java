package io.deltaferry.localgcp.bigquery.job;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deltaferry.localgcp.bigquery.catalog.Catalog;
import io.deltaferry.localgcp.bigquery.catalog.Session;
import io.deltaferry.localgcp.bigquery.catalog.TableEntry;
import io.deltaferry.localgcp.bigquery.catalog.TableId;
import io.deltaferry.localgcp.bigquery.job.DdlRunner.Operation;
import io.deltaferry.localgcp.bigquery.sql.Definition.AlterTable;
import io.deltaferry.localgcp.bigquery.sql.Definition.AlterTable.AddColumn;
import io.deltaferry.localgcp.bigquery.sql.Definition.AlterTable.DropColumn;
import io.deltaferry.localgcp.bigquery.sql.Definition.AlterTable.DropNotNull;
import io.deltaferry.localgcp.bigquery.sql.Definition.AlterTable.RenameColumn;
import io.deltaferry.localgcp.bigquery.sql.Definition.AlterTable.RenameTo;
import io.deltaferry.localgcp.bigquery.sql.Definition.AlterTable.SetDataType;
import io.deltaferry.localgcp.bigquery.sql.Definition.AlterTable.SetOptions;
import io.deltaferry.localgcp.bigquery.type.DuckTypes;
import io.deltaferry.localgcp.bigquery.type.FieldSchema;
import io.deltaferry.localgcp.bigquery.type.TableSchema;
import io.deltaferry.localgcp.http.GoogleError;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** ALTER TABLE, action by action. */
final class AlterRunner {
  private final Catalog catalog;
  private final Session session;

  AlterRunner(Catalog catalog, Session session) {
    this.catalog = catalog;
    this.session = session;
  }

  Operation run(AlterTable alter) throws SQLException {
    TableId id = SqlCatalog.id(alter.name());
    Optional<TableEntry> found = catalog.findTable(session, id);
    if (found.isEmpty()) {
      if (alter.ifExists()) {
        return Operation.SKIP;
      }
      throw GoogleError.notFound("Not found: Table " + id);
    }
    TableEntry table = found.get();
    if (table.view()) {
      throw JobFailure.wrongKind(table);
    }
    for (AlterTable.Action action : alter.actions()) {
      table = apply(table, action);
    }
    return Operation.ALTER;
  }

  private TableEntry apply(TableEntry table, AlterTable.Action action) throws SQLException {
    if (action instanceof AddColumn add) {
      return add(table, add);
    }
    if (action instanceof DropColumn drop) {
      return drop(table, drop);
    }
    if (action instanceof RenameColumn rename) {
      return rename(table, rename);
    }
    if (action instanceof SetDataType set) {
      return new ColumnChange(catalog, session, table).setDataType(set);
    }
    if (action instanceof DropNotNull drop) {
      return new ColumnChange(catalog, session, table).dropNotNull(drop);
    }
    if (action instanceof RenameTo rename) {
      return rename(table, rename.table());
    }
    if (action instanceof SetOptions set) {
      return set(table, set);
    }
    throw new IllegalStateException("unknown action " + action);
  }

  private TableEntry add(TableEntry table, AddColumn add) throws SQLException {
    String name = add.column().name();
    if (table.schema().field(name).isPresent()) {
      if (add.ifNotExists()) {
        return table;
      }
      throw JobFailure.invalidQuery("Column already exists: " + name);
    }
    List<FieldSchema> fields = new ArrayList<>(table.schema().fields());
    fields.add(ResultSchema.field(add.column()));
    TableEntry after = table.withSchema(new TableSchema(fields));
    catalog.update(session, table, after);
    return after;
  }

  private TableEntry drop(TableEntry table, DropColumn drop) throws SQLException {
    Optional<FieldSchema> field = table.schema().field(drop.name());
    if (field.isEmpty()) {
      if (drop.ifExists()) {
        return table;
      }
      throw missing(drop.name());
    }
    session.execute(alter(table) + "DROP COLUMN " + DuckTypes.quote(drop.name()));
    List<FieldSchema> fields = new ArrayList<>(table.schema().fields());
    fields.remove(field.get());
    return described(table.withSchema(new TableSchema(fields)));
  }

  private TableEntry rename(TableEntry table, RenameColumn rename) throws SQLException {
    if (table.schema().field(rename.name()).isEmpty()) {
      throw missing(rename.name());
    }
    List<FieldSchema> fields =
        table.schema().fields().stream()
            .map(f -> f.name().equalsIgnoreCase(rename.name()) ? f.withName(rename.to()) : f)
            .toList();
    TableSchema schema = new TableSchema(fields).checked();
    session.execute(
        alter(table)
            + "RENAME COLUMN "
            + DuckTypes.quote(rename.name())
            + " TO "
            + DuckTypes.quote(rename.to()));
    return described(table.withSchema(schema));
  }

  private TableEntry rename(TableEntry table, String name) throws SQLException {
    TableId to = table.id().datasetId().table(name);
    if (catalog.findTable(session, to).isPresent()) {
      throw new GoogleError(409, "duplicate", "Already Exists: Table " + to);
    }
    session.execute(alter(table) + "RENAME TO " + DuckTypes.quote(name));
    return catalog.renamed(session, table, to);
  }

  private TableEntry set(TableEntry table, SetOptions set) throws SQLException {
    ObjectNode properties = table.properties();
    TableProperties.options(properties, set.options());
    set.cleared().forEach(option -> TableProperties.clear(properties, option));
    Long expires = TableProperties.expires(set.options());
    boolean cleared = set.cleared().contains("expiration_timestamp");
    TableEntry after = table.withProperties(properties);
    return described(expires != null || cleared ? after.withExpires(expires) : after);
  }

  private TableEntry described(TableEntry after) throws SQLException {
    catalog.replaceDescription(session, after);
    return after;
  }

  private static String alter(TableEntry table) {
    return "ALTER TABLE " + table.id().quoted() + " ";
  }

  private static JobFailure missing(String column) {
    return JobFailure.invalidQuery("Column not found: " + column);
  }
}
