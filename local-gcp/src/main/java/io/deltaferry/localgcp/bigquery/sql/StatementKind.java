package io.deltaferry.localgcp.bigquery.sql;

/** What a statement does, named as BigQuery's {@code statistics.query.statementType} names it. */
public enum StatementKind {
  SELECT,
  INSERT,
  UPDATE,
  DELETE,
  MERGE,
  TRUNCATE_TABLE,
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
  ASSERT;

  /** Whether the statement changes rows, so that {@code @@row_count} speaks of it afterwards. */
  public boolean isDml() {
    return switch (this) {
      case INSERT, UPDATE, DELETE, MERGE, TRUNCATE_TABLE -> true;
      case SELECT,
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
          false;
    };
  }

  /**
   * Whether the statement defines or drops something; BigQuery refuses these inside a transaction.
   */
  public boolean isDdl() {
    return switch (this) {
      case CREATE_TABLE,
          CREATE_TABLE_AS_SELECT,
          CREATE_VIEW,
          CREATE_SCHEMA,
          DROP_TABLE,
          DROP_VIEW,
          DROP_SCHEMA,
          ALTER_TABLE ->
          true;
      case SELECT,
          INSERT,
          UPDATE,
          DELETE,
          MERGE,
          TRUNCATE_TABLE,
          BEGIN_TRANSACTION,
          COMMIT_TRANSACTION,
          ROLLBACK_TRANSACTION,
          ASSERT ->
          false;
    };
  }
}
