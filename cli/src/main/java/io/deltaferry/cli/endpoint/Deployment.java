package io.deltaferry.cli.endpoint;

import io.deltaferry.gcp.GoogleClients;
import io.deltaferry.service.ServiceSettings;
import io.deltaferry.service.TableFileLocation;
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
  /** Nothing here talks to the database, so its login need not be known to this shell. */
  private static final String NO_SOURCE = "postgresql://nobody@127.0.0.1/none";

  /**
   * Finds it: a table file that is named belongs to Google Cloud (or to the emulator variables, or
   * to the stack of the data directory when that is named too); without one it is the stack that
   * runs on the data directory, with that stack's own table file.
   *
   * @param dataDir what {@code --data-dir} says; null when it was not given
   * @param tableFile what {@code --tables} says, a path or {@code gs://}; null when not given
   * @throws IllegalStateException when neither is given and no stack runs on {@code ./.deltaferry}
   * @throws io.deltaferry.error.DeltaferryException TABLE_FILE_INVALID
   */
  public static Deployment find(
      @Nullable Path dataDir, @Nullable String tableFile, Map<String, String> environment) {
    if (tableFile != null) {
      Endpoints endpoints =
          dataDir == null
              ? Endpoints.ofEnvironment(environment)
              : Endpoints.find(dataDir, environment);
      Path logs = dataDir == null ? null : ReadyStack.logs(dataDir);
      return of(endpoints, tableFile, logs, environment);
    }
    Path directory = dataDir == null ? ReadyFile.DEFAULT_DATA_DIR : dataDir;
    ReadyFile file = new ReadyFile(directory);
    ReadyStack stack =
        file.read().orElseThrow(() -> new IllegalStateException(nothingRuns(directory)));
    return of(
        Endpoints.of(stack), file.tableFile().toString(), ReadyStack.logs(directory), environment);
  }

  private static Deployment of(
      Endpoints endpoints, String tableFile, @Nullable Path logs, Map<String, String> environment) {
    Map<String, String> variables = new HashMap<>(environment);
    variables.putIfAbsent(TableCatalog.SOURCE_URL, NO_SOURCE);
    TableFile tables =
        tableFile.startsWith("gs://")
            ? fetch(endpoints, tableFile, variables)
            : TableCatalog.read(Path.of(tableFile), variables);
    return new Deployment(
        new GoogleClients(tables.target().project(), endpoints.environment()), tables, logs);
  }

  private static TableFile fetch(
      Endpoints endpoints, String location, Map<String, String> variables) {
    variables.put(ServiceSettings.TABLES, location);
    // Reading an object needs no project; the file that names it is still to be read.
    String project = endpoints.project() == null ? "unknown" : endpoints.project();
    return TableFileLocation.read(
        variables, new GoogleClients(project, endpoints.environment()).storage());
  }

  private static String nothingRuns(Path directory) {
    return "no local stack runs on "
        + directory
        + "; name its --data-dir, start one with `deltaferry local` or `deltaferry demo --keep`,"
        + " or name the table file of a deployment in Google Cloud with --tables FILE";
  }
}
