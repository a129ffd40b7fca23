package io.deltaferry.cli.chaos;

import io.deltaferry.cli.endtoend.Gateway;
import io.deltaferry.cli.local.Closing;
import io.deltaferry.table.TableCatalog;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** All ways of one process, each with somebody in it who decides what comes through. */
final class Doors implements AutoCloseable {
  private static final String STORAGE = "STORAGE_EMULATOR_HOST";
  private static final String BIGQUERY = "BIGQUERY_EMULATOR_HOST";
  private static final String PUBSUB = "PUBSUB_EMULATOR_HOST";
  private static final String LOCAL = "127.0.0.1:";

  private final Closing closing = new Closing();
  private final String service;
  private final FaultPlan faults;
  private final Runnable killer;

  /**
   * Opens none yet.
   *
   * @param service the process is an instance of this
   * @param killer kills the process
   */
  Doors(String service, FaultPlan faults, Runnable killer) {
    this.service = service;
    this.faults = faults;
    this.killer = killer;
  }

  /** The environment of a process that takes these ways; opens them. */
  Map<String, String> behind(Map<String, String> usual) {
    Map<String, String> environment = new HashMap<>(usual);
    environment.replace(STORAGE, calls(environment, STORAGE));
    environment.replace(BIGQUERY, calls(environment, BIGQUERY));
    environment.replace(PUBSUB, publications(environment));
    environment.replace(TableCatalog.SOURCE_URL, sessions(environment));
    return environment;
  }

  private String calls(Map<String, String> environment, String variable) {
    URI url = URI.create(value(environment, variable));
    return closing.add(new Door(service, url, faults, killer)).url();
  }

  /** Twice: the calls in front, and the bytes before them. */
  private String publications(Map<String, String> environment) {
    PubSubDoor door =
        closing.add(new PubSubDoor(service, value(environment, PUBSUB), faults, killer));
    return LOCAL + wire(Endpoint.PUBSUB_WIRE, door.port());
  }

  private String sessions(Map<String, String> environment) {
    String url = value(environment, TableCatalog.SOURCE_URL);
    int port = URI.create(url.substring("jdbc:".length())).getPort();
    return url.replace(LOCAL + port, LOCAL + wire(Endpoint.POSTGRESQL, port));
  }

  private int wire(Endpoint endpoint, int port) {
    return closing.add(new Gateway(port, () -> new Wire(service, endpoint, faults, killer))).port();
  }

  private static String value(Map<String, String> environment, String variable) {
    return Objects.requireNonNull(environment.get(variable), variable);
  }

  @Override
  public void close() {
    closing.close();
  }
}
