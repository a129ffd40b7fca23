package io.deltaferry.table;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A table of the source database with what decides how it can be kept equal.
 *
 * @param schema columns and primary key
 * @param uniqueKeys columns of unique indexes that identify a row, fewest first; without the
 *     primary key
 * @param indexed columns that an index begins with
 * @param madeBy who sets the columns that could be cursors
 * @param size about, as the last ANALYZE knew it
 * @param heirs tables that inherit from it, whose rows a read of it holds too; partitions are none
 * @param readable whether the user who looked may read it
 */
public record CatalogTable(
    SourceTable name,
    TableSchema schema,
    List<List<String>> uniqueKeys,
    Set<String> indexed,
    Map<String, MadeBy> madeBy,
    Size size,
    List<SourceTable> heirs,
    boolean readable) {
  /** Who makes the values of a column. */
  public enum MadeBy {
    /** A default or a trigger of the database. */
    DATABASE,
    /** A sequence that hands its numbers out in order. */
    SEQUENCE,
    /** Somebody else, as far as the catalog shows. */
    OTHERS
  }

  /**
   * How large it is.
   *
   * @param known false when a part of it was never analysed
   */
  public record Size(long rows, long bytes, boolean known) {}

  public CatalogTable {
    uniqueKeys = List.copyOf(uniqueKeys);
    indexed = Set.copyOf(indexed);
    madeBy = Map.copyOf(madeBy);
    heirs = List.copyOf(heirs);
  }
}
