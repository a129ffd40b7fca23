package io.deltaferry.localgcp.bigquery.job;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deltaferry.localgcp.bigquery.catalog.Catalog;
import io.deltaferry.localgcp.bigquery.catalog.Json;
import io.deltaferry.localgcp.bigquery.catalog.Session;
import io.deltaferry.localgcp.bigquery.catalog.TableId;
import io.deltaferry.localgcp.bigquery.sql.SqlContext;
import io.deltaferry.localgcp.bigquery.sql.SqlStatement;
import io.deltaferry.localgcp.bigquery.sql.Translation;
import io.deltaferry.localgcp.http.GoogleError;
import java.sql.SQLException;
import java.util.List;

/** Views made through tables.insert instead of CREATE VIEW. */
public final class Views {
  private final Catalog catalog;
  private final SqlFrontEnd sql;

  /** Views over the catalog's tables. */
  public Views(Catalog catalog, SqlFrontEnd sql) {
    this.catalog = catalog;
    this.sql = sql;
  }

  /**
   * Creates or replaces a view in the session's transaction.
   *
   * @param query GoogleSQL
   * @throws GoogleError for a query that is wrong, or a table that exists
   */
  public void create(Session session, TableId id, String query, boolean replace)
      throws SQLException {
    String statement =
        "CREATE %sVIEW `%s`.`%s`.`%s` AS %s"
            .formatted(replace ? "OR REPLACE " : "", id.project(), id.dataset(), id.table(), query);
    List<SqlStatement> statements = sql.split(statement);
    if (statements.size() != 1) {
      throw GoogleError.invalid("A view is one query");
    }
    SqlContext context = SqlContext.of(id.project(), null, new SqlCatalog(catalog, session));
    QuerySession own = new QuerySession(sql, context, new QueryParameters(Json.object()), session);
    try {
      Translation translation = own.translate(statements.get(0));
      ObjectNode unused = Json.object();
      new DdlRunner(catalog, own).run(translation, unused);
    } catch (JobFailure failure) {
      JobError error = failure.error();
      throw new GoogleError(error.httpStatus(), error.reason(), error.message());
    }
  }
}
