package io.deltaferry.cli.endpoint;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The APIs a command talks to; a null address is Google Cloud's own.
 *
 * @param project null: the one of the default credentials
 * @param bigquery URL of the REST API
 * @param storage URL of the JSON API
 * @param pubsub host and port of the gRPC API
 */
public record Endpoints(
    @Nullable String project,
    @Nullable String bigquery,
    @Nullable String storage,
    @Nullable String pubsub) {
  /** The project of a local stack that was not told another one. */
  public static final String LOCAL_PROJECT = "deltaferry-local";

  /** Of a stack that runs on this machine. */
  public static Endpoints of(ReadyStack stack) {
    return new Endpoints(stack.project(), stack.bigquery(), stack.storage(), stack.pubsub());
  }

  /**
   * Finds the APIs: the data directory that was asked for, else the emulator variables, else a
   * stack that runs on {@code ./.deltaferry}, else Google Cloud.
   *
   * @param dataDir what {@code --data-dir} says; null when it was not given
   * @throws IllegalStateException when no stack runs on the directory that was asked for
   */
  public static Endpoints find(@Nullable Path dataDir, Map<String, String> environment) {
    if (dataDir != null) {
      return new ReadyFile(dataDir)
          .read()
          .map(Endpoints::of)
          .orElseThrow(() -> new IllegalStateException(notRunning(dataDir)));
    }
    if (namesEmulator(environment)) {
      return ofEnvironment(environment);
    }
    Optional<ReadyStack> here = new ReadyFile(ReadyFile.DEFAULT_DATA_DIR).read();
    return here.map(Endpoints::of).orElseGet(() -> ofEnvironment(environment));
  }

  /** The emulator variables that lead to these endpoints; none for Google Cloud. */
  public Map<String, String> environment() {
    Map<String, String> variables = new HashMap<>();
    put(variables, "BIGQUERY_EMULATOR_HOST", bigquery);
    put(variables, "STORAGE_EMULATOR_HOST", storage);
    put(variables, "PUBSUB_EMULATOR_HOST", pubsub);
    return Map.copyOf(variables);
  }

  /** Whether these are the endpoints of a stack on this machine or an emulator. */
  public boolean isLocal() {
    return bigquery != null;
  }

  private static void put(Map<String, String> variables, String name, @Nullable String value) {
    if (value != null) {
      variables.put(name, value);
    }
  }

  private static boolean namesEmulator(Map<String, String> environment) {
    return environment.containsKey("BIGQUERY_EMULATOR_HOST");
  }

  /** The emulator variables' endpoints; Google Cloud's own where there are none. */
  static Endpoints ofEnvironment(Map<String, String> environment) {
    String project = environment.get("GOOGLE_CLOUD_PROJECT");
    return new Endpoints(
        project == null && namesEmulator(environment) ? LOCAL_PROJECT : project,
        url(environment.get("BIGQUERY_EMULATOR_HOST")),
        url(environment.get("STORAGE_EMULATOR_HOST")),
        environment.get("PUBSUB_EMULATOR_HOST"));
  }

  /** The emulator variables hold a URL or only host and port; people write both. */
  private static @Nullable String url(@Nullable String address) {
    return address == null || address.contains("://") ? address : "http://" + address;
  }

  private static String notRunning(Path dataDir) {
    return "no local stack runs on "
        + dataDir
        + " (no ready.json of a living process); start one with `deltaferry local --data-dir "
        + dataDir
        + " ...` or `deltaferry demo --keep --data-dir "
        + dataDir
        + "`";
  }
}
