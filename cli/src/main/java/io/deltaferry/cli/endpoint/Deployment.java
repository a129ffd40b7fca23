package io.deltaferry.cli.endpoint;

import io.deltaferry.gcp.GoogleClients;
import io.deltaferry.table.TableCatalog;
import io.deltaferry.table.TableFile;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One Deltaferry, wherever it runs: the APIs it uses, and the table file that says what it keeps.
 *
 * @param clients of the target's project
 * @param logs directory of the services' logs; null when it is no stack on this machine
 */
public record Deployment(GoogleClients clients, TableFile tables, @Nullable Path logs) {
  /** For those who do not talk to the database, so that its login need not be known here. */
  public static final String NO_SOURCE = "postgresql://nobody@127.0.0.1/none";

  /**
   * Finds it, as {@link Located#find} does, for a command that does not talk to the database.
   *
   * @throws IllegalStateException when no stack runs
   * @throws io.deltaferry.error.DeltaferryException TABLE_FILE_INVALID
   */
  public static Deployment find(
      @Nullable Path dataDir, @Nullable String tableFile, Map<String, String> environment) {
    Located located = Located.find(dataDir, tableFile, environment);
    Map<String, String> variables = new HashMap<>(environment);
    variables.putIfAbsent(TableCatalog.SOURCE_URL, NO_SOURCE);
    TableFile tables = located.read(variables);
    return new Deployment(
        new GoogleClients(tables.target().project(), located.endpoints().environment()),
        tables,
        located.logs());
  }
}
