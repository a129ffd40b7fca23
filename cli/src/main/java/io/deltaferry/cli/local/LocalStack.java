package io.deltaferry.cli.local;

import static java.util.stream.Collectors.toMap;

import com.google.cloud.bigquery.BigQuery;
import io.deltaferry.cli.endpoint.Clients;
import io.deltaferry.cli.endpoint.Endpoints;
import io.deltaferry.cli.endpoint.ReadyFile;
import io.deltaferry.cli.endpoint.ReadyStack;
import io.deltaferry.cli.process.FrontEnd;
import io.deltaferry.cli.process.ServiceProcess;
import io.deltaferry.cli.process.ServiceSpec;
import io.deltaferry.cli.process.TaskSpec;
import io.deltaferry.gcp.GoogleClients;
import io.deltaferry.localgcp.LocalGcp;
import io.deltaferry.localgcp.pubsub.BacklogReport;
import io.deltaferry.localgcp.pubsub.DeliveryFaults;
import io.deltaferry.service.ServiceSettings;
import io.deltaferry.service.Topology;
import io.deltaferry.table.TableCatalog;
import io.deltaferry.table.TableConfig;
import io.deltaferry.table.TableFile;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The whole of Deltaferry on one machine: Google's APIs, what Terraform makes, three services. */
public final class LocalStack implements AutoCloseable {
  private static final Duration START_TIMEOUT = Duration.ofSeconds(90);
  private static final String HEAP = "128m";
  private static final String EXTRACTOR = "extractor";

  // One instance of a service stands for the many of Cloud Run, in that heap.
  private static final int PUSHES_AT_ONCE = 2;

  private final Closing closing;
  private final ReadyStack ready;
  private final TableFile tables;
  private final LocalGcp apis;
  private final LocalJob job;
  private final List<ServiceProcess> services;

  private LocalStack(
      Closing closing, Path dataDir, StackPorts ports, StackTables stackTables, int extractors)
      throws InterruptedException {
    this.closing = closing;
    Map<String, String> variables = new HashMap<>(System.getenv());
    variables.putAll(stackTables.environment());
    tables = TableCatalog.read(stackTables.file(), variables);
    apis = closing.add(startApis(dataDir, ports, extractors));
    Endpoints endpoints =
        new Endpoints(
            tables.target().project(),
            apis.bigQuery().url(),
            apis.storage().url(),
            apis.pubSub().grpcTarget());
    Map<String, String> environment = new HashMap<>(stackTables.environment());
    environment.putAll(endpoints.environment());
    environment.put(ServiceSettings.PROJECT, tables.target().project());
    environment.put(ServiceSettings.BUCKET, tables.bucket());
    environment.put(ServiceSettings.LOCATION, tables.target().location());
    environment.put(ServiceSettings.CONTROL_DATASET, tables.target().controlDataset());
    environment.put(ServiceSettings.TABLES, stackTables.file().toString());
    environment.put(ServiceSettings.TOPIC_PREFIX, tables.topicPrefix());
    environment.put(
        ServiceSettings.MAX_DELIVERY_ATTEMPTS,
        variables.getOrDefault(
            ServiceSettings.MAX_DELIVERY_ATTEMPTS,
            Integer.toString(LocalTopology.DELIVERY_ATTEMPTS)));
    int attempts = ServiceSettings.from(environment).maxDeliveryAttempts();
    Path logs = ReadyStack.logs(dataDir);
    job = closing.add(LocalJob.start(tables.target().project(), task(environment, logs)));
    environment.put(ServiceSettings.EXTRACT_JOB, job.name());
    environment.put(GoogleClients.CLOUD_RUN, job.url());
    List<ServiceSpec> specs =
        Topology.DEFAULT.services().entrySet().stream()
            .map(
                service ->
                    new ServiceSpec(
                        service.getKey(),
                        service.getValue().function(),
                        ports.of(service.getKey()),
                        HEAP,
                        environment,
                        logs))
            .toList();
    createTopology(endpoints, specs, attempts);
    services =
        specs.stream()
            .flatMap(spec -> instances(spec, spec.name().equals(EXTRACTOR) ? extractors : 1))
            .map(spec -> closing.add(ServiceProcess.start(spec)))
            .toList();
    for (ServiceProcess service : services) {
      service.awaitHealthy(START_TIMEOUT);
    }
    ready = announcement(dataDir, specs);
  }

  /** The same with one instance of each service. */
  public static LocalStack start(Path dataDir, StackPorts ports, StackTables tables)
      throws InterruptedException {
    return start(dataDir, ports, tables, 1);
  }

  /**
   * Starts everything and waits until all of it answers.
   *
   * @param dataDir keeps buckets, tables and undelivered messages; used again by a later stack
   * @param extractors how many instances of the extractor there are behind its address
   * @throws io.deltaferry.error.DeltaferryException TABLE_FILE_INVALID
   * @throws IllegalStateException when something does not start; the message says which
   */
  public static LocalStack start(Path dataDir, StackPorts ports, StackTables tables, int extractors)
      throws InterruptedException {
    Path absolute = dataDir.toAbsolutePath().normalize();
    new ReadyFile(absolute)
        .read()
        .ifPresent(
            other -> {
              throw new IllegalStateException(
                  "a stack runs on "
                      + absolute
                      + " already; use it, stop it, or name another --data-dir");
            });
    Closing closing = new Closing();
    try {
      return new LocalStack(closing, absolute, ports, tables, extractors)
          .announced(absolute, tables.file());
    } catch (InterruptedException | RuntimeException e) {
      closing.close();
      throw e;
    }
  }

  public ReadyStack ready() {
    return ready;
  }

  public Endpoints endpoints() {
    return Endpoints.of(ready);
  }

  /** What the table file says. */
  public TableFile tables() {
    return tables;
  }

  /** The process of the {@code extractor}, {@code loader} or {@code merger}. */
  public ServiceProcess service(String name) {
    return services.stream()
        .filter(service -> service.spec().name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no service is called " + name));
  }

  /** The processes of all services. */
  public List<ServiceProcess> services() {
    return services;
  }

  /** The processes of the extractor. */
  public List<ServiceProcess> extractors() {
    return services.stream()
        .filter(service -> service.spec().name().startsWith(EXTRACTOR))
        .toList();
  }

  /** The processes behind a service's address: itself, or several of them and a front end. */
  private Stream<ServiceSpec> instances(ServiceSpec service, int count) {
    if (count == 1) {
      return Stream.of(service);
    }
    List<ServiceSpec> instances =
        IntStream.rangeClosed(1, count)
            .mapToObj(number -> service.instance(number, StackPorts.free().extractor()))
            .toList();
    closing.add(FrontEnd.start(service.port(), instances.stream().map(ServiceSpec::url).toList()));
    return instances.stream();
  }

  /** The job of tables that say {@code extract_in: job}. */
  public LocalJob job() {
    return job;
  }

  /** What Pub/Sub may do to the services; all switches are off at the start. */
  public DeliveryFaults faults() {
    return apis.pubSub().faults();
  }

  /** What Pub/Sub has still to deliver, by subscription. */
  public List<BacklogReport> backlogs() {
    return apis.pubSub().backlogs();
  }

  @Override
  public void close() {
    closing.close();
  }

  private LocalStack announced(Path dataDir, Path tableFile) {
    ReadyFile file = new ReadyFile(dataDir);
    file.write(ready, tableFile, StackTables.withoutPassword(tables.source()));
    closing.add(file::delete);
    return this;
  }

  private static LocalGcp startApis(Path dataDir, StackPorts ports, int extractors) {
    LocalGcp.Ports apiPorts =
        new LocalGcp.Ports(ports.pubsub(), ports.pubsubRest(), ports.storage(), ports.bigquery());
    try {
      return LocalGcp.start(
          new LocalGcp.Settings(dataDir, apiPorts, PUSHES_AT_ONCE * extractors, Clock.systemUTC()));
    } catch (SQLException e) {
      throw new IllegalStateException(
          dataDir + " cannot be opened; does another stack run on it?", e);
    }
  }

  private void createTopology(Endpoints endpoints, List<ServiceSpec> specs, int attempts) {
    GoogleClients clients = new GoogleClients(tables.target().project(), endpoints.environment());
    BigQuery bigQuery = Clients.bigQuery(endpoints);
    try (PubSubAdmin pubSub = PubSubAdmin.connect(clients)) {
      new LocalTopology(
              tables.target().project(),
              tables.bucket(),
              tables.target().location(),
              tables.topicPrefix(),
              attempts,
              datasets())
          .create(
              pubSub,
              clients.storage(),
              bigQuery,
              specs.stream().collect(toMap(ServiceSpec::name, ServiceSpec::url)));
    }
  }

  private static TaskSpec task(Map<String, String> environment, Path logs) {
    Topology.Job shape = Topology.DEFAULT.job();
    return new TaskSpec(
        "deltaferry-" + shape.name(), shape.task(), HEAP, shape.maxRetries(), environment, logs);
  }

  private Set<String> datasets() {
    Set<String> datasets =
        new HashSet<>(List.of(tables.target().stagingDataset(), tables.target().controlDataset()));
    datasets.add(tables.target().dataset());
    for (TableConfig table : tables.tables()) {
      datasets.add(table.target().dataset());
    }
    return datasets;
  }

  private ReadyStack announcement(Path dataDir, List<ServiceSpec> specs) {
    return new ReadyStack(
        true,
        tables.target().project(),
        apis.bigQuery().url(),
        apis.storage().url(),
        apis.pubSub().grpcTarget(),
        apis.pubSub().restUrl(),
        url(specs, "extractor"),
        url(specs, "loader"),
        url(specs, "merger"),
        dataDir.toString());
  }

  private static String url(List<ServiceSpec> specs, String name) {
    return specs.stream()
        .filter(spec -> spec.name().equals(name))
        .map(ServiceSpec::url)
        .findFirst()
        .orElseThrow();
  }
}
