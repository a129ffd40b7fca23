/**
 * GoogleSQL for the local BigQuery: splits scripts, parses statements, refuses what BigQuery
 * refuses and renders DuckDB SQL. Nothing here executes; {@link
 * io.deltaferry.localgcp.bigquery.sql.GoogleSql} is the way in.
 */
@NullMarked
package io.deltaferry.localgcp.bigquery.sql;

import org.jspecify.annotations.NullMarked;
