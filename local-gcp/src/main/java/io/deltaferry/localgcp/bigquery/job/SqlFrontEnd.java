package io.deltaferry.localgcp.bigquery.job;

import io.deltaferry.localgcp.bigquery.sql.GoogleSql;
import io.deltaferry.localgcp.bigquery.sql.SqlContext;
import io.deltaferry.localgcp.bigquery.sql.SqlGate;
import io.deltaferry.localgcp.bigquery.sql.SqlStatement;
import io.deltaferry.localgcp.bigquery.sql.Translation;
import java.util.List;

/** GoogleSQL in, DuckDB's SQL out; every statement is analysed before it is translated. */
public record SqlFrontEnd(GoogleSql translator, SqlGate gate) {
  List<SqlStatement> split(String script) {
    return translator.split(script);
  }

  Translation translate(SqlStatement statement, SqlContext context, int positionalBefore) {
    gate.check(statement, context);
    return translator.translate(statement, context, positionalBefore);
  }
}
