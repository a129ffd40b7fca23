package io.deltaferry.table;

/**
 * The BigQuery table that is kept equal; its project is the target's.
 *
 * @param dataset dataset id
 * @param table table id
 */
public record TargetTable(String dataset, String table) {
  @Override
  public String toString() {
    return dataset + "." + table;
  }
}
