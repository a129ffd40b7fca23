package io.deltaferry.cli.compare;

import com.google.cloud.bigquery.StandardSQLTypeName;

/**
 * A column that both sides have.
 *
 * @param name as PostgreSQL's catalog holds it
 * @param postgresType the type's name in {@code pg_type}, such as {@code int4} or {@code _text}
 * @param bigQueryType of the target's column
 * @param repeated whether the target's column is an array
 */
record ComparedColumn(
    String name, String postgresType, StandardSQLTypeName bigQueryType, boolean repeated) {
  boolean isPostgresArray() {
    return postgresType.startsWith("_");
  }
}
