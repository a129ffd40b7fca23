package io.deltaferry.cli.chaos;

import io.deltaferry.cli.endtoend.RunningStack;
import io.deltaferry.cli.local.Closing;
import io.deltaferry.cli.process.ServiceProcess;
import io.deltaferry.cli.process.ServiceSpec;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

/** A local stack whose services reach their endpoints through doors, and can be killed. */
final class ChaosStack implements AutoCloseable {
  private static final Duration START = Duration.ofMinutes(2);
  private static final String STORAGE = "STORAGE_EMULATOR_HOST";
  private static final String BIGQUERY = "BIGQUERY_EMULATOR_HOST";

  private final Closing closing = new Closing();
  private final RunningStack stack;
  private final Map<String, ServiceProcess> services = new LinkedHashMap<>();
  private final AtomicInteger kills = new AtomicInteger();
  private volatile FaultPlan faults = FaultPlan.NONE;

  /** Starts everything; nothing happens to it yet. */
  ChaosStack(Path directory, String sourceUrl, String tables) throws InterruptedException {
    stack = closing.add(new RunningStack(directory, sourceUrl, tables));
    for (String name : List.of("extractor", "loader", "merger")) {
      ServiceSpec usual = stack.service(name).spec();
      stack.service(name).close();
      services.put(name, ServiceProcess.start(behindDoors(usual)));
    }
    closing.add(this::stopServices);
    awaitHealthy();
  }

  private void awaitHealthy() throws InterruptedException {
    List<ServiceProcess> all;
    synchronized (services) {
      all = List.copyOf(services.values());
    }
    for (ServiceProcess service : all) {
      service.awaitHealthy(START);
    }
  }

  private void stopServices() {
    synchronized (services) {
      services.values().forEach(ServiceProcess::close);
    }
  }

  private ServiceSpec behindDoors(ServiceSpec usual) {
    Map<String, String> environment = new HashMap<>(usual.environment());
    for (String endpoint : List.of(STORAGE, BIGQUERY)) {
      URI url = URI.create(Objects.requireNonNull(environment.get(endpoint), endpoint));
      Door door = closing.add(new Door(usual.name(), url, call -> faults.of(call), this::kill));
      environment.put(endpoint, door.url());
    }
    return new ServiceSpec(
        usual.name(),
        usual.functionClass(),
        usual.port(),
        usual.heap(),
        environment,
        usual.logDirectory());
  }

  RunningStack stack() {
    return stack;
  }

  /** From now on this decides what happens. */
  void faults(FaultPlan plan) {
    faults = plan;
  }

  /**
   * As the platform does when it wants its machine back at once. Another process is started without
   * the pause that is made for those that crash by themselves.
   */
  void kill(String service) {
    synchronized (services) {
      ServiceProcess killed = Objects.requireNonNull(services.get(service), service);
      killed.handle().destroyForcibly();
      killed.close();
      services.put(service, ServiceProcess.start(killed.spec()));
      kills.incrementAndGet();
    }
  }

  /** Nothing happens any more, and all services answer. */
  void calm() throws InterruptedException {
    faults = FaultPlan.NONE;
    stack.faults().clear();
    awaitHealthy();
  }

  /** How often a process was killed. */
  int kills() {
    return kills.get();
  }

  @Override
  public void close() {
    closing.close();
  }
}
