/** GoogleSQL's own analyzer as a gate before the translator. */
@NullMarked
package io.deltaferry.localgcp.bigquery.sql.gate;

import org.jspecify.annotations.NullMarked;
