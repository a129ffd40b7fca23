package io.deltaferry.sql;

/**
 * One of the tables that hold a partitioned table's rows, under that table's name, so that a filter
 * may use the name.
 */
public record PgPartition(PgTable partition, PgTable of) implements DeltaSource {
  @Override
  public String fromItem() {
    return partition.sql() + " AS " + of.name().sql();
  }

  @Override
  public String describe() {
    return partition.describe();
  }
}
