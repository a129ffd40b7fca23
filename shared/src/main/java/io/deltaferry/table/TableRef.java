package io.deltaferry.table;

/** A BigQuery table by its three names; quoting is {@code BqIdentifier}'s business. */
public record TableRef(String project, String dataset, String table) {
  @Override
  public String toString() {
    return project + "." + dataset + "." + table;
  }
}
