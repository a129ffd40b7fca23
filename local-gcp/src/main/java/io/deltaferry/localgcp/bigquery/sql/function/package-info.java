/**
 * What DuckDB lacks: GoogleSQL's own functions, registered as scalar functions and macros named
 * {@code gsql_*}.
 */
@NullMarked
package io.deltaferry.localgcp.bigquery.sql.function;

import org.jspecify.annotations.NullMarked;
