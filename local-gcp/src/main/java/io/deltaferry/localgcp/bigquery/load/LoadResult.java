package io.deltaferry.localgcp.bigquery.load;

import java.util.List;

/**
 * What a load did.
 *
 * @param rows rows in the table afterwards; 0 when it failed
 * @param bytes BigQuery's logical size of the loaded values
 * @param inputBytes stored size of the files
 * @param badRecords rows that were refused
 * @param errors the first errors; when the load failed, the job's {@code status.errors}, whose
 *     first is also its {@code errorResult}
 * @param failed true when nothing may become visible
 */
public record LoadResult(
    long rows,
    long bytes,
    long inputBytes,
    int inputFiles,
    long badRecords,
    List<LoadError> errors,
    boolean failed) {

  public LoadResult {
    errors = List.copyOf(errors);
  }

  /**
   * One entry of a job's {@code status.errors}.
   *
   * @param reason BigQuery's reason, such as {@code invalid}
   * @param location the file's uri
   * @param message BigQuery's wording; it quotes the offending value, as BigQuery's does
   */
  public record LoadError(String reason, String location, String message) {}
}
