package io.deltaferry.localgcp.bigquery.job;

import com.fasterxml.jackson.databind.JsonNode;
import io.deltaferry.localgcp.bigquery.catalog.Catalog;
import io.deltaferry.localgcp.bigquery.catalog.DatasetId;
import io.deltaferry.localgcp.bigquery.catalog.InformationSchema;
import io.deltaferry.localgcp.bigquery.catalog.Session;
import io.deltaferry.localgcp.bigquery.catalog.TableEntry;
import io.deltaferry.localgcp.bigquery.catalog.TableId;
import io.deltaferry.localgcp.bigquery.sql.CatalogTable;
import io.deltaferry.localgcp.bigquery.sql.CatalogTable.CatalogColumn;
import io.deltaferry.localgcp.bigquery.sql.TableCatalog;
import io.deltaferry.localgcp.bigquery.sql.TableName;
import io.deltaferry.localgcp.bigquery.type.GoogleSqlTypes;
import io.deltaferry.localgcp.bigquery.type.TableSchema;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Shows the translator the tables as the job's session sees them. */
final class SqlCatalog implements TableCatalog {
  private static final String INFORMATION_SCHEMA = "INFORMATION_SCHEMA.";

  private final Catalog catalog;
  private final Session session;

  SqlCatalog(Catalog catalog, Session session) {
    this.catalog = catalog;
    this.session = session;
  }

  @Override
  public Optional<CatalogTable> find(TableName name) {
    try {
      return isInformationSchema(name) ? informationSchema(name) : table(name);
    } catch (SQLException e) {
      throw Failures.of(e, null);
    }
  }

  private Optional<CatalogTable> informationSchema(TableName name) throws SQLException {
    TableSchema schema = InformationSchema.VIEWS.get(name.table().toUpperCase(Locale.ROOT));
    if (schema == null) {
      throw JobFailure.invalidQuery(
          name + " is not supported here; these are: " + InformationSchema.VIEWS.keySet());
    }
    return catalog
        .findDataset(session, new DatasetId(name.project(), name.dataset()))
        .map(dataset -> new CatalogTable(name, true, columns(schema)));
  }

  @Override
  public List<CatalogTable> matching(TableName name) {
    String prefix = name.table().substring(0, name.table().length() - 1);
    DatasetId dataset = new DatasetId(name.project(), name.dataset());
    try {
      return catalog.tables(session, dataset).stream()
          .filter(table -> !table.view() && table.id().table().startsWith(prefix))
          .sorted(
              Comparator.comparing(TableEntry::created)
                  .thenComparing(TableEntry::number)
                  .reversed())
          .map(table -> known(named(table.id()), table))
          .toList();
    } catch (SQLException e) {
      throw Failures.of(e, null);
    }
  }

  private Optional<CatalogTable> table(TableName name) throws SQLException {
    return catalog.findTable(session, id(name)).map(table -> known(name, table));
  }

  private static CatalogTable known(TableName name, TableEntry table) {
    String query = table.properties().path("view").path("query").asText("");
    return new CatalogTable(
        name,
        table.view(),
        columns(table.schema()),
        filterOn(table.properties()),
        query.isEmpty() ? null : query);
  }

  private static @Nullable String filterOn(JsonNode properties) {
    String field =
        properties.path("timePartitioning").path("field").asText("")
            + properties.path("rangePartitioning").path("field").asText("");
    return properties.path("requirePartitionFilter").asBoolean() && !field.isEmpty() ? field : null;
  }

  private static TableName named(TableId id) {
    return new TableName(id.project(), id.dataset(), id.table());
  }

  static boolean isInformationSchema(TableName name) {
    return name.table().toUpperCase(Locale.ROOT).startsWith(INFORMATION_SCHEMA);
  }

  static TableId id(TableName name) {
    return TableId.of(name.project(), name.dataset(), name.table());
  }

  private static List<CatalogColumn> columns(TableSchema schema) {
    return schema.fields().stream()
        .map(field -> new CatalogColumn(field.name(), GoogleSqlTypes.write(field)))
        .toList();
  }
}
