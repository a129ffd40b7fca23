package io.deltaferry.table;

/** Where a table's rows come from: a table of the database, or a query. */
public sealed interface RowSource permits SourceTable, SourceQuery {}
