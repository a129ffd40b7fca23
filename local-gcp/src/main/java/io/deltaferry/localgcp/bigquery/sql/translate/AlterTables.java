package io.deltaferry.localgcp.bigquery.sql.translate;

import io.deltaferry.localgcp.bigquery.sql.CatalogTable;
import io.deltaferry.localgcp.bigquery.sql.Definition;
import io.deltaferry.localgcp.bigquery.sql.TableName;
import io.deltaferry.localgcp.bigquery.sql.syntax.Position;
import io.deltaferry.localgcp.bigquery.sql.syntax.Statement;
import io.deltaferry.localgcp.bigquery.sql.syntax.TypeName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes ALTER TABLE. */
final class AlterTables {
  private final Session session;
  private final ColumnText columns;
  private final List<String> statements = new ArrayList<>();
  private final List<Definition.AlterTable.Action> actions = new ArrayList<>();

  AlterTables(Session session) {
    this.session = session;
    this.columns = new ColumnText(session);
  }

  Ddl.Change write(Statement.AlterTable alter) {
    Position position = alter.target().position();
    TableName name = session.name(alter.target().names(), position);
    Optional<CatalogTable> table = session.context().catalog().find(name);
    if (table.isEmpty() && !alter.ifExists()) {
      session.find(name, position);
    }
    for (Statement.AlterAction action : alter.actions()) {
      table.ifPresent(found -> apply(action, found, position));
    }
    return new Ddl.Change(
        statements, name, new Definition.AlterTable(name, alter.ifExists(), actions));
  }

  private void apply(Statement.AlterAction action, CatalogTable table, Position position) {
    String head = "ALTER TABLE " + table.name().duckName() + " ";
    if (action instanceof Statement.AddColumn add) {
      add(add, table, head);
    } else if (action instanceof Statement.DropColumn drop) {
      if (has(table, drop.name())) {
        statements.add(head + "DROP COLUMN " + DuckText.identifier(drop.name()));
      } else if (!drop.ifExists()) {
        throw position.refuse("Column not found: " + drop.name());
      }
      actions.add(new Definition.AlterTable.DropColumn(drop.name(), drop.ifExists()));
    } else if (action instanceof Statement.RenameColumn rename) {
      if (!has(table, rename.name())) {
        throw position.refuse("Column not found: " + rename.name());
      }
      statements.add(
          head
              + "RENAME COLUMN "
              + DuckText.identifier(rename.name())
              + " TO "
              + DuckText.identifier(rename.to()));
      actions.add(new Definition.AlterTable.RenameColumn(rename.name(), rename.to()));
    } else if (action instanceof Statement.SetDataType set) {
      setDataType(set, table);
    } else if (action instanceof Statement.DropNotNull drop) {
      if (!has(table, drop.name()) && !drop.ifExists()) {
        throw drop.position().refuse("Column not found: " + drop.name());
      }
      actions.add(new Definition.AlterTable.DropNotNull(drop.name(), drop.ifExists()));
    } else if (action instanceof Statement.RenameTo rename) {
      statements.add(head + "RENAME TO " + DuckText.identifier(rename.table()));
      actions.add(new Definition.AlterTable.RenameTo(rename.table()));
    } else if (action instanceof Statement.SetOptions set) {
      OptionValues values = new OptionValues(session.instant());
      actions.add(
          new Definition.AlterTable.SetOptions(
              values.values(set.options()), OptionValues.cleared(set.options())));
    }
  }

  private void add(Statement.AddColumn add, CatalogTable table, String head) {
    Statement.ColumnSpec column = add.column();
    if (column.required()) {
      throw column
          .position()
          .refuse("Cannot add required column " + column.name() + " to an existing table");
    }
    if (column.defaultValue() != null) {
      throw column
          .position()
          .refuse(
              "Adding a column with a default value to an existing table is not supported: add it first, then ALTER COLUMN SET DEFAULT");
    }
    actions.add(new Definition.AlterTable.AddColumn(columns.definition(column), add.ifNotExists()));
    if (!has(table, column.name())) {
      statements.add(head + "ADD COLUMN " + columns.added(column));
    } else if (!add.ifNotExists()) {
      throw column.position().refuse("Column already exists: " + column.name());
    }
  }

  /** Whether the types allow it is asked of the catalog, which knows what else the column is. */
  private void setDataType(Statement.SetDataType set, CatalogTable table) {
    Optional<CatalogTable.CatalogColumn> column =
        table.columns().stream().filter(c -> c.name().equalsIgnoreCase(set.name())).findFirst();
    if (column.isEmpty() && !set.ifExists()) {
      throw set.position().refuse("Column not found: " + set.name());
    }
    if (column.isPresent()) {
      TypeName to = Types.plain(set.type());
      Typed value =
          Typed.of(
              DuckText.identifier(column.get().name()),
              Types.plain(TypeName.parse(column.get().type())));
      if (!Coercion.possible(value, to)) {
        throw set.position()
            .refuse(
                "ALTER TABLE ALTER COLUMN SET DATA TYPE requires that the existing column type ("
                    + value.type()
                    + ") is assignable to the new type ("
                    + to
                    + ")");
      }
      actions.add(
          new Definition.AlterTable.SetDataType(
              set.name(), set.ifExists(), set.type().toString(), Coercion.sql(value, to)));
    }
  }

  private static boolean has(CatalogTable table, String column) {
    return table.columns().stream().anyMatch(c -> c.name().equalsIgnoreCase(column));
  }
}
