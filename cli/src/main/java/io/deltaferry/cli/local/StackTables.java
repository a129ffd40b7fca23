package io.deltaferry.cli.local;

import io.deltaferry.cli.endpoint.DatabaseUrl;
import io.deltaferry.table.SourceConfig;
import io.deltaferry.table.SourceEndpoint;
import io.deltaferry.table.TableCatalog;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The table file a local stack runs on, and the database that takes the place of the file's source.
 *
 * @param file what the services read
 * @param environment what they need beside the process's own variables; holds a login, so it is
 *     never written to a file
 */
public record StackTables(Path file, Map<String, String> environment) {
  public StackTables {
    file = file.toAbsolutePath().normalize();
    environment = Map.copyOf(environment);
  }

  /**
   * Joins the two.
   *
   * @param sourceUrl a database URL, with or without a login
   * @param process the variables of this process; {@code PGUSER} and {@code PGPASSWORD} stand in
   *     for a login the URL does not hold
   */
  public static StackTables of(Path file, String sourceUrl, Map<String, String> process) {
    return new StackTables(
        file, Map.of(TableCatalog.SOURCE_URL, DatabaseUrl.withLogin(sourceUrl, process)));
  }

  /** The source's URL with its user and without any password, for other commands to find. */
  static String withoutPassword(SourceConfig source) {
    // The environment's source is always one of JDBC.
    String[] parts = ((SourceEndpoint.Jdbc) source.endpoint()).jdbcUrl().split("\\?", 2);
    String url = DatabaseUrl.with(parts[0], "user", source.user());
    if (parts.length == 1) {
      return url;
    }
    return Stream.of(parts[1].split("&"))
        .filter(property -> !property.toLowerCase(Locale.ROOT).contains("password"))
        .reduce(url, (text, property) -> text + "&" + property);
  }
}
