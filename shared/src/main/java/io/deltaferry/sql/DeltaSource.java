package io.deltaferry.sql;

import io.deltaferry.table.RowSource;
import io.deltaferry.table.SourceQuery;
import io.deltaferry.table.SourceTable;

/** Where the rows come from. */
public sealed interface DeltaSource permits PgTable, PgPartition, PgQuery {
  /** What the table file names. */
  static DeltaSource of(RowSource source) {
    return source instanceof SourceTable table
        ? PgTable.of(table.schema(), table.table())
        : new PgQuery(((SourceQuery) source).sql());
  }

  /** As an item of a FROM clause, with an alias where one is needed. */
  String fromItem();

  /** For messages: a quoted table name, or that it is the query of the table file. */
  String describe();
}
