package io.deltaferry.table;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where BigQuery keeps a table's rows; a table keeps its layout for life.
 *
 * @param partitioning null for none
 * @param clustering columns, the first one first
 * @param partitionFilter whether a statement must say which partitions it reads
 */
public record TableLayout(
    @Nullable Partitioning partitioning, List<String> clustering, boolean partitionFilter) {
  public static final TableLayout PLAIN = new TableLayout(null, List.of(), false);

  /** Where BigQuery keeps the time of ingestion. */
  private static final String INGESTED = "_PARTITIONTIME";

  private static final Set<String> CLUSTERABLE =
      Set.of("BIGNUMERIC", "BOOL", "DATE", "DATETIME", "INT64", "NUMERIC", "STRING", "TIMESTAMP");

  public TableLayout {
    clustering = List.copyOf(clustering);
  }

  /** By the days of a column. */
  public static TableLayout daily(String column) {
    return new TableLayout(Partitioning.daily(column), List.of(), false);
  }

  /** Whether a column decides where a row is kept. */
  public boolean places(String column) {
    return (partitioning != null && column.equalsIgnoreCase(partitioning.column()))
        || clustering.stream().anyMatch(column::equalsIgnoreCase);
  }

  /**
   * Whether a table of this layout may have such a column. BigQuery clusters by columns of some
   * types, and puts no table in the place of one that is partitioned otherwise.
   */
  public boolean mayHave(WarehouseColumn column) {
    return !places(column.name())
        || (clusters(column.type())
            && (partitioning == null || !column.name().equalsIgnoreCase(partitioning.column())));
  }

  /** Whether BigQuery clusters by columns of that type. */
  public static boolean clusters(String type) {
    return CLUSTERABLE.contains(type.replaceFirst("\\(.*", ""));
  }

  /** The column that statements have to restrict; empty where they need not. */
  public Optional<String> filtered() {
    return partitionFilter && partitioning != null
        ? Optional.of(partitioning.column() == null ? INGESTED : partitioning.column())
        : Optional.empty();
  }
}
