/** Load jobs: files into an empty DuckDB table, by BigQuery's rules. */
@NullMarked
package io.deltaferry.localgcp.bigquery.load;

import org.jspecify.annotations.NullMarked;
