package io.deltaferry.message;

import io.deltaferry.table.SyncMode;
import org.jspecify.annotations.Nullable;

/**
 * Asks for a table to be brought up to date.
 *
 * @param table a name of the table file
 * @param mode null means the table's own
 * @param requestId names the request across re-deliveries; null means that the message's id does
 */
public record ExtractRequest(String table, @Nullable SyncMode mode, @Nullable String requestId) {}
