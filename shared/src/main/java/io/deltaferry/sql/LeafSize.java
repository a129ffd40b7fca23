package io.deltaferry.sql;

/**
 * A table that holds rows: a partition, or a table that has none.
 *
 * @param blocks its size
 * @param rows about how many of them are read
 */
public record LeafSize(PgTable table, long blocks, long rows) {}
