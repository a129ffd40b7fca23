package io.deltaferry.cli.chaos;

import io.deltaferry.cli.endtoend.RunningStack;
import io.deltaferry.cli.local.Closing;
import io.deltaferry.cli.local.StackPorts;
import io.deltaferry.cli.process.FrontEnd;
import io.deltaferry.cli.process.ServiceProcess;
import io.deltaferry.cli.process.ServiceSpec;
import io.deltaferry.gcp.GoogleClients;
import io.deltaferry.service.ServiceSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** A local stack whose services reach their endpoints through doors, and can be killed. */
final class ChaosStack implements AutoCloseable {
  /** Two of each, so that both work on the same run, and one goes on where the other died. */
  static final Map<String, Integer> TWO_EACH = Map.of("extractor", 2, "loader", 2, "merger", 2);

  private static final Duration START = Duration.ofMinutes(2);

  private final Closing closing = new Closing();
  private final RunningStack stack;
  private final Map<String, ServiceProcess> instances = new LinkedHashMap<>();
  private final AtomicInteger kills = new AtomicInteger();
  private volatile FaultPlan faults = FaultPlan.NONE;

  /**
   * Starts everything; nothing happens to it yet.
   *
   * @param counts how many instances of which services stand behind doors; others have none
   */
  ChaosStack(Path directory, String sourceUrl, String tables, Map<String, Integer> counts)
      throws InterruptedException {
    stack = closing.add(new RunningStack(directory, sourceUrl, tables));
    Map<String, String> environment = stack.service("loader").spec().environment();
    Redelivery.soon(new GoogleClients(ServiceSettings.from(environment).project(), environment));
    counts.forEach(this::replace);
    closing.add(this::stopInstances);
    awaitHealthy();
  }

  /** Puts several instances behind the address that the service had for itself. */
  private void replace(String service, int count) {
    ServiceSpec usual = stack.service(service).spec();
    stack.service(service).close();
    List<ServiceSpec> specs =
        IntStream.rangeClosed(1, count)
            .mapToObj(number -> usual.instance(number, StackPorts.free().extractor()))
            .map(instance -> behindDoors(service, instance))
            .toList();
    specs.forEach(spec -> instances.put(spec.name(), ServiceProcess.start(spec)));
    closing.add(FrontEnd.start(usual.port(), specs.stream().map(ServiceSpec::url).toList()));
  }

  private ServiceSpec behindDoors(String service, ServiceSpec instance) {
    Doors doors =
        closing.add(new Doors(service, call -> faults.of(call), () -> kill(instance.name())));
    return new ServiceSpec(
        instance.name(),
        instance.functionClass(),
        instance.port(),
        instance.heap(),
        doors.behind(instance.environment()),
        instance.logDirectory());
  }

  private void awaitHealthy() throws InterruptedException {
    List<ServiceProcess> all;
    synchronized (instances) {
      all = List.copyOf(instances.values());
    }
    for (ServiceProcess instance : all) {
      instance.awaitHealthy(START);
    }
  }

  private void stopInstances() {
    synchronized (instances) {
      instances.values().forEach(ServiceProcess::close);
    }
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
  private void kill(String instance) {
    synchronized (instances) {
      ServiceProcess killed = Objects.requireNonNull(instances.get(instance), instance);
      killed.handle().destroyForcibly();
      killed.close();
      instances.put(instance, ServiceProcess.start(killed.spec()));
      kills.incrementAndGet();
    }
  }

  /** Nothing happens any more, and all instances answer. */
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
