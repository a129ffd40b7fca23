package io.deltaferry.cli.sync;

import io.deltaferry.message.ExtractRequest;
import io.deltaferry.message.RunOptions;
import io.deltaferry.table.SyncMode;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of each table.
 *
 * @param mode null means the table's own
 */
public record AskedRun(@Nullable SyncMode mode, RunOptions options) {
  /** What a table's own settings say. */
  public static final AskedRun USUAL = new AskedRun(null, RunOptions.NONE);

  ExtractRequest of(String table, String requestId) {
    return new ExtractRequest(table, mode, requestId, options);
  }
}
