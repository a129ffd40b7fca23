package io.deltaferry.table;

import io.deltaferry.type.PgType;

/**
 * A column of a source table or query.
 *
 * @param name exactly as the catalog holds it
 * @param nullable whether the source admits NULL; always true for the columns of a query or view
 */
public record Column(String name, PgType type, boolean nullable) {}
