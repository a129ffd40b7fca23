/**
 * Proves row by row that a PostgreSQL table and a BigQuery table are equal, without any of the code
 * that carries the rows: a fault there must not hide itself here.
 */
@NullMarked
package io.deltaferry.cli.compare;

import org.jspecify.annotations.NullMarked;
