/** Jobs: submitted once per id, run on a bounded pool, remembered across restarts. */
@NullMarked
package io.deltaferry.localgcp.bigquery.job;

import org.jspecify.annotations.NullMarked;
