/** BigQuery's types: schemas, their DuckDB counterparts, and the forms of values on the wire. */
@NullMarked
package io.deltaferry.localgcp.bigquery.type;

import org.jspecify.annotations.NullMarked;
