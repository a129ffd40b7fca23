package io.deltaferry.table;

/** How the source database is reached. */
public sealed interface SourceEndpoint {

  /**
   * A plain JDBC connection.
   *
   * @param jdbcUrl starts with {@code jdbc:postgresql:} and holds neither user nor password
   */
  record Jdbc(String jdbcUrl) implements SourceEndpoint {}

  /**
   * An AlloyDB instance, through its connector.
   *
   * @param instance {@code projects/../locations/../clusters/../instances/..}
   */
  record AlloyDb(String instance, String database) implements SourceEndpoint {}

  /**
   * A Cloud SQL instance, through its socket factory.
   *
   * @param instance {@code project:region:instance}
   */
  record CloudSql(String instance, String database) implements SourceEndpoint {}
}
