package io.deltaferry.sql;

/** Where the rows come from. */
public sealed interface DeltaSource permits PgTable, PgQuery {
  /** As an item of a FROM clause, with an alias where one is needed. */
  String fromItem();

  /** For messages: a quoted table name, or that it is the query of the table file. */
  String describe();
}
