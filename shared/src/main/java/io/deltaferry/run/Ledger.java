package io.deltaferry.run;

import java.util.List;

/** Where what happens to runs is kept for good. */
public interface Ledger {
  /**
   * Adds events; one that stands there already may stand there twice.
   *
   * @throws io.deltaferry.error.DeltaferryException WAREHOUSE_UNAVAILABLE when none or some of them
   *     were added and all may be added again; WAREHOUSE_REFUSED when they never will be
   */
  void append(List<SyncEvent> events);
}
