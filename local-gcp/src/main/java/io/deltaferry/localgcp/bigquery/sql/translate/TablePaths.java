package io.deltaferry.localgcp.bigquery.sql.translate;

import io.deltaferry.localgcp.bigquery.sql.SqlContext;
import io.deltaferry.localgcp.bigquery.sql.TableName;
import io.deltaferry.localgcp.bigquery.sql.syntax.Position;
import java.util.List;
import java.util.Locale;

/** Table paths of one to three parts, completed by the request's project and default dataset. */
public final class TablePaths {
  private TablePaths() {}

  /**
   * The full name of a path already split at its dots.
   *
   * @throws io.deltaferry.localgcp.http.GoogleError when a dataset is missing or there are too many
   *     parts
   */
  public static TableName name(List<String> path, Position position, SqlContext context) {
    // An INFORMATION_SCHEMA view's own name has two parts.
    int last = path.size() - 1;
    for (int i = 0; i < path.size(); i++) {
      if (path.get(i).equalsIgnoreCase("INFORMATION_SCHEMA")) {
        last = i;
      }
    }
    String table = String.join(".", path.subList(last, path.size()));
    String dataset = last > 0 ? path.get(last - 1) : context.defaultDataset();
    if (dataset == null) {
      throw position.refuse(
          "Table \"" + table + "\" must be qualified with a dataset (e.g. dataset.table)");
    }
    if (last > 2) {
      throw position.refuse("Invalid table name: " + String.join(".", path));
    }
    boolean view = last < path.size() - 1;
    return new TableName(
        last > 1 ? path.get(0) : context.project(),
        dataset,
        view ? table.toUpperCase(Locale.ROOT) : table);
  }
}
