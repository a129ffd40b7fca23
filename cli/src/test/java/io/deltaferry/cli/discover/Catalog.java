package io.deltaferry.cli.discover;

import io.deltaferry.table.CatalogTable;
import io.deltaferry.table.CatalogTable.MadeBy;
import io.deltaferry.table.CatalogTable.Size;
import io.deltaferry.table.Column;
import io.deltaferry.table.SourceTable;
import io.deltaferry.table.TableSchema;
import io.deltaferry.type.PgType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Tables as a catalog could show them. */
final class Catalog {
  private final SourceTable name;
  private final List<Column> columns = new ArrayList<>();
  private final Map<String, MadeBy> makers = new HashMap<>();
  private final Set<String> indexed = new HashSet<>();
  private final List<List<String>> uniqueKeys = new ArrayList<>();
  private List<String> key = List.of();
  private Size size = new Size(250_000, 41_943_040, true);
  private final List<SourceTable> heirs = new ArrayList<>();
  private boolean readable = true;

  private Catalog(SourceTable name) {
    this.name = name;
  }

  static Catalog table(String schema, String table) {
    return new Catalog(new SourceTable(schema, table));
  }

  /** A column that is NOT NULL. */
  Catalog column(String column, String type) {
    columns.add(new Column(column, PgType.base(type), false));
    return this;
  }

  Catalog nullable(String column, String type) {
    columns.add(new Column(column, PgType.base(type), true));
    return this;
  }

  /** A time stamp that the database sets. */
  Catalog stamp(String column) {
    makers.put(column, MadeBy.DATABASE);
    return column(column, "timestamptz");
  }

  Catalog indexed(String... names) {
    indexed.addAll(List.of(names));
    return this;
  }

  Catalog key(String... names) {
    key = List.of(names);
    return this;
  }

  Catalog unique(String... names) {
    uniqueKeys.add(List.of(names));
    return this;
  }

  Catalog id() {
    makers.put("id", MadeBy.SEQUENCE);
    return column("id", "int8").indexed("id").key("id");
  }

  Catalog neverAnalysed() {
    size = new Size(0, 0, false);
    return this;
  }

  Catalog rows(long rows) {
    size = new Size(rows, 900 * rows, true);
    return this;
  }

  Catalog heir(String schema, String table) {
    heirs.add(new SourceTable(schema, table));
    return this;
  }

  Catalog hidden() {
    readable = false;
    return this;
  }

  CatalogTable build() {
    return new CatalogTable(
        name,
        new TableSchema(columns, key, "f"),
        uniqueKeys,
        indexed,
        makers,
        size,
        heirs,
        readable);
  }
}
