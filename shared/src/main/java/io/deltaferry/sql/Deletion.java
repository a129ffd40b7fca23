package io.deltaferry.sql;

import io.deltaferry.table.MaxDeletes;
import io.deltaferry.table.ReconcileSettings.Deletes;

/**
 * What a reconciliation does about rows that the source has lost.
 *
 * @param deletes what becomes of them
 * @param maxDeletes how many they may be
 * @param copies whether the target has a row for each copy of the source, and so many of a key
 * @param told whether the delta says of each key if it is gone, and no other is
 */
public record Deletion(Deletes deletes, MaxDeletes maxDeletes, boolean copies, boolean told) {
  /** Of a delta that has all keys of the source. */
  public Deletion(Deletes deletes, MaxDeletes maxDeletes, boolean copies) {
    this(deletes, maxDeletes, copies, false);
  }
}
