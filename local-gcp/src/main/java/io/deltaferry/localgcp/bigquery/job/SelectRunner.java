package io.deltaferry.localgcp.bigquery.job;

import io.deltaferry.localgcp.bigquery.catalog.Catalog;
import io.deltaferry.localgcp.bigquery.catalog.Session;
import io.deltaferry.localgcp.bigquery.catalog.TableEntry;
import io.deltaferry.localgcp.bigquery.job.Destination.Write;
import io.deltaferry.localgcp.bigquery.sql.Translation;
import io.deltaferry.localgcp.bigquery.type.DuckTypes;
import io.deltaferry.localgcp.bigquery.type.FieldSchema;
import io.deltaferry.localgcp.bigquery.type.TableSchema;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;

/** Writes a SELECT's rows into the table that will be read for them. */
final class SelectRunner {
  private static final String OWN_RESULT = "temp.main._own_result";

  private final Catalog catalog;
  private final QuerySession query;

  SelectRunner(Catalog catalog, QuerySession query) {
    this.catalog = catalog;
    this.query = query;
  }

  private static String text(Translation select) {
    if (select.statements().size() != 1) {
      throw new IllegalStateException("a SELECT is translated to one DuckDB statement");
    }
    return select.statements().get(0);
  }

  /** Runs in the session's transaction. */
  TableEntry run(
      Translation select,
      TableSchema schema,
      Destination destination,
      DestinationTable.Wanted wanted)
      throws SQLException {
    Session session = query.session();
    String source = "(" + text(select) + ")";
    // The query may read the destination, itself or through a view, and the table is emptied or
    // widened before its new rows are written.
    boolean mayReadItself = destination.write() != Write.WRITE_EMPTY;
    if (mayReadItself) {
      query.update("CREATE TEMP TABLE _own_result AS " + source, select.bindings());
    }
    TableEntry table = new DestinationTable(catalog, session).prepare(destination, wanted).table();
    if (mayReadItself) {
      session.update(insert(table, schema, OWN_RESULT));
      session.execute("DROP TABLE " + OWN_RESULT);
    } else {
      query.update(insert(table, schema, source), select.bindings());
    }
    catalog.touch(session, table);
    return table;
  }

  /** An array that is NULL is kept as an empty one, as BigQuery does. */
  private static String insert(TableEntry table, TableSchema schema, String source) {
    List<FieldSchema> fields = schema.fields();
    String columns =
        fields.stream()
            .map(field -> DuckTypes.quote(field.name()))
            .collect(Collectors.joining(", "));
    String values = fields.stream().map(SelectRunner::value).collect(Collectors.joining(", "));
    return "INSERT INTO %s (%s) SELECT %s FROM %s"
        .formatted(table.id().quoted(), columns, values, source);
  }

  private static String value(FieldSchema field) {
    String column = DuckTypes.quote(field.name());
    return field.isRepeated() ? "coalesce(" + column + ", [])" : column;
  }
}
