package io.deltaferry.localgcp.bigquery.sql;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What surrounds a statement.
 *
 * @param project resolves paths of one or two parts
 * @param defaultDataset resolves paths of one part; null when the request named none
 * @param named GoogleSQL types of the named parameters, by name in lower case
 * @param positional GoogleSQL types of the positional parameters
 */
public record SqlContext(
    String project,
    @Nullable String defaultDataset,
    TableCatalog catalog,
    Map<String, String> named,
    List<String> positional) {
  public SqlContext {
    requireNonNull(project);
    requireNonNull(catalog);
    named = Map.copyOf(named);
    positional = List.copyOf(positional);
  }

  /** A context without parameters. */
  public static SqlContext of(
      String project, @Nullable String defaultDataset, TableCatalog catalog) {
    return new SqlContext(project, defaultDataset, catalog, Map.of(), List.of());
  }

  /** The type of a named parameter; the name is in lower case. */
  public Optional<String> namedType(String name) {
    return Optional.ofNullable(named.get(name));
  }
}
