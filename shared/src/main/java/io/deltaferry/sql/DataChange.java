package io.deltaferry.sql;

import java.util.List;

/** What a merge's transaction does to the target, between the fence and the ledger. */
interface DataChange {
  /** What has to hold of the delta before anything is changed. */
  List<String> checks();

  /** The statements; the ledger has the rows of the last one. */
  List<String> statements();

  /** What has to hold once the ledger knows how many rows that were. */
  List<String> balances();
}
