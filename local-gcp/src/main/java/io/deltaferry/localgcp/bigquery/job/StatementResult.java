package io.deltaferry.localgcp.bigquery.job;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deltaferry.localgcp.bigquery.catalog.TableId;
import org.jspecify.annotations.Nullable;

/**
 * What one statement did.
 *
 * @param statistics the API's {@code statistics.query}
 * @param bytes processed
 * @param rows the table that holds a SELECT's rows, null for other statements
 */
record StatementResult(ObjectNode statistics, long bytes, @Nullable TableId rows) {}
