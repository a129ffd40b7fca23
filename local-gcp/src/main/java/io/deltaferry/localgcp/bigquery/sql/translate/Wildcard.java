package io.deltaferry.localgcp.bigquery.sql.translate;

import io.deltaferry.localgcp.bigquery.sql.CatalogTable;
import io.deltaferry.localgcp.bigquery.sql.TableName;
import io.deltaferry.localgcp.bigquery.sql.syntax.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A path that ends with a star: all tables whose names begin so, with the columns of the newest,
 * and beside them {@code _TABLE_SUFFIX}, which has to be asked for by its name.
 */
public final class Wildcard {
  /** What stands for the star in a row's own table. */
  public static final String SUFFIX = "_TABLE_SUFFIX";

  private final Session session;
  private final Scope scope;

  Wildcard(Session session, Scope scope) {
    this.session = session;
    this.scope = scope;
  }

  /** Whether the name is one. */
  public static boolean is(TableName table) {
    return table.table().endsWith("*");
  }

  String write(TableName wildcard, String name, Position position) {
    List<CatalogTable> tables = session.matching(wildcard, position);
    List<Relation.Column> columns = Sources.columns(tables.get(0));
    int prefix = wildcard.table().length() - 1;
    String sql =
        tables.stream()
            .map(table -> select(table, table.name().table().substring(prefix), columns, position))
            .collect(Collectors.joining(" UNION ALL BY NAME "));
    List<Relation.Column> all = new ArrayList<>(columns);
    all.add(new Relation.Column(SUFFIX, "", Types.STRING));
    List<Relation.Column> named = Relation.of(name, name, all).columns();
    scope.add(new Relation(name, named, null), position);
    scope.hide(named.get(named.size() - 1));
    return "(" + sql + ") AS " + DuckText.identifier(name);
  }

  /** A column that a table lacks is NULL there. */
  private static String select(
      CatalogTable table, String suffix, List<Relation.Column> columns, Position position) {
    List<String> items = new ArrayList<>();
    for (Relation.Column own : Sources.columns(table)) {
      columns.stream()
          .filter(column -> column.name().equalsIgnoreCase(own.name()))
          .forEach(
              column -> {
                if (!column.type().equals(own.type())) {
                  throw position.refuse(
                      "Cannot read field of type %s as %s Field: %s"
                          .formatted(own.type(), column.type(), column.name()));
                }
                items.add(DuckText.identifier(column.name()));
              });
    }
    items.add(DuckText.literal(suffix) + " AS " + DuckText.identifier(SUFFIX));
    return "SELECT " + String.join(", ", items) + " FROM " + table.name().duckName();
  }
}
