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
 * Where a deployment is, before anything of it is read.
 *
 * @param tableFile a path or {@code gs://bucket/object}
 * @param stack the local stack it is; null in Google Cloud
 * @param logs directory of the local stack's logs; null in Google Cloud
 * @param source the database that the local stack reads, a URL without a password; null in Google
 *     Cloud, where the table file names it
 */
public record Located(
    Endpoints endpoints,
    String tableFile,
    @Nullable ReadyStack stack,
    @Nullable Path logs,
    @Nullable String source) {
  /**
   * Finds it: a table file that is named belongs to Google Cloud (or to the emulator variables, or
   * to the stack of the data directory when that is named too); without one it is the stack that
   * runs on the data directory, with that stack's own table file.
   *
   * @param dataDir what {@code --data-dir} says; null when it was not given
   * @param tableFile what {@code --tables} says; null when not given
   * @throws IllegalStateException when neither is given and no stack runs on {@code ./.deltaferry}
   */
  public static Located find(
      @Nullable Path dataDir, @Nullable String tableFile, Map<String, String> environment) {
    if (tableFile != null && dataDir == null) {
      return new Located(Endpoints.ofEnvironment(environment), tableFile, null, null, null);
    }
    Path directory = dataDir == null ? ReadyFile.DEFAULT_DATA_DIR : dataDir;
    ReadyFile file = new ReadyFile(directory);
    ReadyStack stack =
        file.read().orElseThrow(() -> new IllegalStateException(nothingRuns(directory)));
    return new Located(
        Endpoints.of(stack),
        tableFile == null ? file.tableFile().toString() : tableFile,
        stack,
        ReadyStack.logs(directory),
        file.source().orElse(null));
  }

  /**
   * Reads the table file.
   *
   * @param environment supplies the file's variables
   * @throws io.deltaferry.error.DeltaferryException TABLE_FILE_INVALID, or SETTING_INVALID when an
   *     object cannot be fetched
   */
  public TableFile read(Map<String, String> environment) {
    if (!tableFile.startsWith("gs://")) {
      return TableCatalog.read(Path.of(tableFile), environment);
    }
    Map<String, String> variables = new HashMap<>(environment);
    variables.put(ServiceSettings.TABLES, tableFile);
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
