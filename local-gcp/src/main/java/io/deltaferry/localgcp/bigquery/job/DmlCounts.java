package io.deltaferry.localgcp.bigquery.job;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deltaferry.localgcp.bigquery.sql.StatementKind;

/** How many rows a DML statement touched. */
record DmlCounts(long inserted, long updated, long deleted) {
  static DmlCounts of(StatementKind kind, long rows) {
    return switch (kind) {
      case INSERT -> new DmlCounts(rows, 0, 0);
      case UPDATE -> new DmlCounts(0, rows, 0);
      case DELETE, TRUNCATE_TABLE -> new DmlCounts(0, 0, rows);
      case MERGE,
          SELECT,
          CREATE_TABLE,
          CREATE_TABLE_AS_SELECT,
          CREATE_VIEW,
          CREATE_SCHEMA,
          DROP_TABLE,
          DROP_VIEW,
          DROP_SCHEMA,
          ALTER_TABLE,
          BEGIN_TRANSACTION,
          COMMIT_TRANSACTION,
          ROLLBACK_TRANSACTION,
          ASSERT ->
          throw new IllegalArgumentException(kind + " does not count rows this way");
    };
  }

  long affected() {
    return inserted + updated + deleted;
  }

  /** Adds the counts to {@code statistics.query}. */
  void into(ObjectNode statistics) {
    statistics.put("numDmlAffectedRows", String.valueOf(affected()));
    ObjectNode counts = statistics.putObject("dmlStats");
    counts.put("insertedRowCount", String.valueOf(inserted));
    counts.put("updatedRowCount", String.valueOf(updated));
    counts.put("deletedRowCount", String.valueOf(deleted));
  }
}
