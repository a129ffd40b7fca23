/**
 * The typed way from the syntax tree to DuckDB SQL: every expression is written together with its
 * GoogleSQL type, so that coercions, casts and overloads are decided here and never by DuckDB's
 * own, looser rules.
 */
@NullMarked
package io.deltaferry.localgcp.bigquery.sql.translate;

import org.jspecify.annotations.NullMarked;
