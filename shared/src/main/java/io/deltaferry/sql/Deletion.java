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
 * @param marks whether columns of the target that say that a row is deleted are Deltaferry's; the
 *     source may have columns of these names where nothing is marked
 */
public record Deletion(
    Deletes deletes, MaxDeletes maxDeletes, boolean copies, boolean told, boolean marks) {
  public Deletion {
    marks = marks || deletes == Deletes.SOFT;
  }

  /** Of a delta that has all keys of the source. */
  public Deletion(Deletes deletes, MaxDeletes maxDeletes, boolean copies, boolean marks) {
    this(deletes, maxDeletes, copies, false, marks);
  }
}
