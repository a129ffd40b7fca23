package io.deltaferry.sql;

import java.util.List;
import java.util.Map;

/** What a merge's transaction does to the target, between the fence and the ledger. */
interface DataChange {
  /** What has to hold of the delta before anything is changed. */
  List<String> checks();

  /** The statements; the ledger has the rows of the last one. */
  List<String> statements();

  /** The one that has to do with the delta's rows, wherever it stands in the script. */
  default String change() {
    return statements().get(statements().size() - 1);
  }

  /**
   * What of the ledger's row is counted in the transaction, by column.
   *
   * @see #countedFrom
   */
  default Map<String, String> counts() {
    return Map.of("rows_merged", "@@row_count");
  }

  /** The FROM clause with which they are counted; empty where they need none. */
  default String countedFrom() {
    return "";
  }

  /** What follows once the ledger knows how many rows that were, and has to hold then. */
  List<String> balances();
}
