/** BigQuery's REST API on one machine: datasets, tables and jobs over a DuckDB file. */
@NullMarked
package io.deltaferry.localgcp.bigquery;

import org.jspecify.annotations.NullMarked;
