package io.deltaferry.localgcp.bigquery.sql.gate;

import com.google.zetasql.SimpleCatalog;
import com.google.zetasql.SimpleTable;
import io.deltaferry.localgcp.bigquery.sql.CatalogTable;
import io.deltaferry.localgcp.bigquery.sql.SqlContext;
import io.deltaferry.localgcp.bigquery.sql.TableName;
import io.deltaferry.localgcp.bigquery.sql.syntax.Position;
import io.deltaferry.localgcp.bigquery.sql.translate.TablePaths;
import io.deltaferry.localgcp.bigquery.sql.translate.Wildcard;
import io.deltaferry.localgcp.http.GoogleError;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Shows the analyzer the tables a statement names, under the very paths it names them by. */
final class GateTables implements AutoCloseable {
  private final SimpleCatalog root;
  private final SqlContext context;

  GateTables(SimpleCatalog root, SqlContext context) {
    this.root = root;
    this.context = context;
  }

  void add(List<List<String>> paths) {
    paths.forEach(this::show);
  }

  private void show(List<String> path) {
    find(path)
        .ifPresent(
            table -> {
              SimpleCatalog catalog = root;
              for (String part : path.subList(0, path.size() - 1)) {
                catalog = nested(catalog, part);
              }
              put(catalog, path.get(path.size() - 1), table);
            });
  }

  // A path may also be an array of an earlier source, or a table that is not there: the translator
  // says so.
  private Optional<CatalogTable> find(List<String> path) {
    List<String> parts = new ArrayList<>();
    path.forEach(part -> parts.addAll(Arrays.asList(part.split("\\.", -1))));
    try {
      TableName name = TablePaths.name(parts, new Position(1, 1), context);
      return Wildcard.is(name)
          ? context.catalog().matching(name).stream().findFirst()
          : context.catalog().find(name);
    } catch (GoogleError e) {
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    root.getCatalogList().forEach(root::removeSimpleCatalog);
    root.getTableList().forEach(root::removeSimpleTable);
  }

  private static SimpleCatalog nested(SimpleCatalog catalog, String name) {
    return catalog.getCatalogList().stream()
        .filter(known -> known.getFullName().equalsIgnoreCase(name))
        .findFirst()
        .orElseGet(() -> catalog.addNewSimpleCatalog(name));
  }

  private static void put(SimpleCatalog catalog, String name, CatalogTable table) {
    if (catalog.getTableNameList().contains(name.toLowerCase(Locale.ROOT))) {
      return;
    }
    SimpleTable simple = new SimpleTable(name);
    simple.setFullName(table.name().toString());
    table
        .columns()
        .forEach(
            column ->
                simple.addSimpleColumn(column.name(), GateTypes.of(column.type()), false, true));
    if (name.endsWith("*")) {
      simple.addSimpleColumn(Wildcard.SUFFIX, GateTypes.of("STRING"), true, false);
    }
    catalog.addSimpleTable(name, simple);
  }
}
