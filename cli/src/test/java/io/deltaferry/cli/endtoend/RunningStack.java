package io.deltaferry.cli.endtoend;

import com.google.cloud.bigquery.BigQuery;
import com.google.cloud.bigquery.Field;
import com.google.cloud.bigquery.FieldValue;
import com.google.cloud.bigquery.FieldValueList;
import com.google.cloud.bigquery.LegacySQLTypeName;
import com.google.cloud.bigquery.QueryJobConfiguration;
import com.google.cloud.bigquery.Table;
import com.google.cloud.bigquery.TableId;
import com.google.cloud.bigquery.TableResult;
import com.google.cloud.storage.Storage;
import io.deltaferry.cli.CommandRun;
import io.deltaferry.cli.endpoint.Clients;
import io.deltaferry.cli.endpoint.ReadyStack;
import io.deltaferry.cli.endpoint.TimestampCell;
import io.deltaferry.cli.local.Closing;
import io.deltaferry.cli.local.LocalStack;
import io.deltaferry.cli.local.StackPorts;
import io.deltaferry.cli.local.StackTables;
import io.deltaferry.cli.process.ServiceProcess;
import io.deltaferry.cli.sync.SyncTables;
import io.deltaferry.gcp.GoogleClients;
import io.deltaferry.gcp.PubSubPublisher;
import io.deltaferry.gcp.StorageControlStore;
import io.deltaferry.localgcp.pubsub.DeliveryFaults;
import io.deltaferry.message.ExtractRequest;
import io.deltaferry.message.Messages;
import io.deltaferry.message.OutgoingMessage;
import io.deltaferry.message.SyncCompleted;
import io.deltaferry.run.ControlStore;
import io.deltaferry.run.ObjectNames;
import io.deltaferry.run.RunId;
import io.deltaferry.service.Topology;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** A whole local stack for tests, with what they ask it for and see of it. */
public final class RunningStack implements AutoCloseable {
  static final String PROJECT = "deltaferry-local";
  public static final String BUCKET = "deltaferry-local-staging";
  public static final String DATASET = "target";
  static final Duration PATIENCE = Duration.ofSeconds(60);

  /** As in a project that holds several deployments. */
  static final String TOPIC_PREFIX = "shop-";

  private static final Topology.Topics TOPICS = Topology.DEFAULT.topics();
  private static final String HEAD =
      """
      source:
        url: ${DELTAFERRY_SOURCE_URL}
      target:
        project: deltaferry-local
        dataset: target
        staging_dataset: staging
        control_dataset: control
        location: US
      bucket: deltaferry-local-staging
      topic_prefix: shop-
      defaults:
        cursor: updated_at
      tables:
      """;

  private final Closing closing = new Closing();
  private final Path dataDir;
  private final LocalStack stack;
  private final BigQuery bigQuery;
  private final Storage storage;
  private final ControlStore control;
  private final PubSubPublisher publisher;
  private final Inbox<SyncCompleted> completed;
  private final Inbox<DeadLetter> deadLetters;

  /**
   * Starts everything.
   *
   * @param sourceUrl with its login
   * @param tables the entries of the table file
   */
  public RunningStack(Path dataDir, String sourceUrl, String tables) throws InterruptedException {
    this(dataDir, sourceUrl, tables, Map.of());
  }

  /**
   * The same with variables of its services.
   *
   * @param variables take the place of the stack's own
   */
  RunningStack(Path dataDir, String sourceUrl, String tables, Map<String, String> variables)
      throws InterruptedException {
    this(dataDir, sourceUrl, tables, variables, 1);
  }

  /**
   * The same with several extractors.
   *
   * @param extractors how many instances
   */
  public RunningStack(
      Path dataDir, String sourceUrl, String tables, Map<String, String> variables, int extractors)
      throws InterruptedException {
    this.dataDir = dataDir;
    StackTables given = StackTables.of(tableFile(dataDir, tables), sourceUrl, Map.of());
    Map<String, String> environment = new HashMap<>(given.environment());
    environment.putAll(variables);
    stack =
        closing.add(
            LocalStack.start(
                dataDir,
                StackPorts.free(),
                new StackTables(given.file(), environment),
                extractors));
    GoogleClients clients = new GoogleClients(PROJECT, stack.endpoints().environment());
    bigQuery = Clients.bigQuery(stack.endpoints());
    storage = clients.storage();
    control = new StorageControlStore(storage, BUCKET);
    publisher = closing.add(new PubSubPublisher(clients));
    completed =
        closing.add(
            new Inbox<>(
                clients,
                TOPIC_PREFIX + TOPICS.syncCompleted(),
                message -> Messages.syncCompleted(message.getData().toStringUtf8())));
    deadLetters =
        closing.add(new Inbox<>(clients, TOPIC_PREFIX + TOPICS.deadLetters(), DeadLetter::of));
  }

  /** Writes a table file with these entries. */
  static Path tableFile(Path dataDir, String tables) {
    Path file = dataDir.resolve("tables.yaml");
    try {
      return Files.writeString(file, HEAD + tables.indent(2));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Asks for the table; answers the request's id. */
  public String request(String table) {
    String requestId = "test-" + UUID.randomUUID();
    publish(TOPICS.extractRequests(), Messages.encode(new ExtractRequest(table, null, requestId)));
    return requestId;
  }

  /** Publishes any text as a request. */
  void publishRequest(String text) {
    publish(TOPICS.extractRequests(), text);
  }

  /** Publishes any text to any topic. */
  public void publish(String topic, String text) {
    publisher.publish(TOPIC_PREFIX + topic, text.getBytes(StandardCharsets.UTF_8), Map.of());
  }

  /** Publishes a message of the product. */
  public void publish(String topic, OutgoingMessage message) {
    publisher.publish(TOPIC_PREFIX + topic, message.data(), message.attributes());
  }

  /** Waits for the end of the request's run. */
  public SyncCompleted await(String requestId) {
    return await(requestId, PATIENCE);
  }

  /** The same where that may take long. */
  public SyncCompleted await(String requestId, Duration patience) {
    return completed.await(
        "the end of request " + requestId, patience, end -> end.requestId().equals(requestId));
  }

  /** Asks for the table and waits for the run's end. */
  public SyncCompleted sync(String table) {
    return await(request(table));
  }

  /** Runs a command on this stack. */
  CommandRun run(String... arguments) {
    return CommandRun.of(
        Stream.concat(Stream.of(arguments), Stream.of("--data-dir", dataDir.toString()))
            .toArray(String[]::new));
  }

  /** What {@code deltaferry sync} asks and waits with. */
  SyncTables waiter() {
    return new SyncTables(
        new GoogleClients(PROJECT, stack.endpoints().environment()),
        stack.tables(),
        ReadyStack.logs(dataDir),
        Clock.systemUTC());
  }

  /** Waits until every message that was pushed to a service has been acknowledged. */
  public void awaitDelivered(Duration patience) {
    String pushed = Topology.DEFAULT.push().subscriptionSuffix();
    Waiting.until(
        "the acknowledgement of all messages",
        patience,
        () ->
            stack.backlogs().stream()
                .filter(one -> one.subscription().endsWith(pushed))
                .allMatch(one -> one.unacknowledged() == 0));
  }

  /** All ends that were told. */
  public List<SyncCompleted> ends() {
    return completed.items();
  }

  /** The ends that were told of this run. */
  List<SyncCompleted> ends(RunId run) {
    return ends().stream()
        .filter(end -> end.table().equals(run.table()) && end.seq() == run.seq())
        .toList();
  }

  /** Waits for the dead letter of an event that holds this text. */
  DeadLetter deadLetter(String eventText) {
    return deadLetters.await(
        "the dead letter of " + eventText, PATIENCE, letter -> letter.event().contains(eventText));
  }

  List<DeadLetter> deadLetters() {
    return deadLetters.items();
  }

  /** Rows of a query: cells as text, NULL as {@code ∅}, time stamps as microseconds. */
  public List<String> query(String sql) {
    try {
      TableResult result = bigQuery.query(QueryJobConfiguration.of(sql));
      List<String> rows = new ArrayList<>();
      for (FieldValueList row : result.iterateAll()) {
        List<String> cells = new ArrayList<>();
        for (int i = 0; i < row.size(); i++) {
          cells.add(cell(result.getSchema().getFields().get(i), row.get(i)));
        }
        rows.add(String.join("|", cells));
      }
      return rows;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static String cell(Field field, FieldValue value) {
    if (value.isNull()) {
      return "∅";
    }
    return field.getType().equals(LegacySQLTypeName.TIMESTAMP)
        ? Long.toString(TimestampCell.micros(value))
        : value.getStringValue();
  }

  /** The target, when there is one. */
  Optional<Table> target(String table) {
    return Optional.ofNullable(bigQuery.getTable(TableId.of(DATASET, table)));
  }

  /** The row of a table's state, or nothing before its first merge; a new one is at run 0. */
  public Optional<String> state(String table) {
    String name = "state__" + table;
    return bigQuery.getTable(TableId.of("control", name)) == null
        ? Optional.empty()
        : query("SELECT seq, next_low FROM control.`" + name + "` WHERE seq > 0").stream()
            .findFirst();
  }

  /** The runs that were merged, as the ledger has them. */
  public List<String> merged(String table) {
    return bigQuery.getTable(TableId.of("control", "sync_runs")) == null
        ? List.of()
        : query(
            "SELECT seq FROM control.sync_runs WHERE table_name = '" + table + "' ORDER BY seq");
  }

  /** Waits until the run is planned. */
  void awaitPlan(RunId run) {
    awaitObject(ObjectNames.plan(run));
  }

  /** Waits until there is an object whose name begins so. */
  void awaitObject(String prefix) {
    Waiting.until(prefix, PATIENCE, () -> !control.list(prefix, 1).isEmpty());
  }

  public ControlStore control() {
    return control;
  }

  public Storage storage() {
    return storage;
  }

  public BigQuery bigQuery() {
    return bigQuery;
  }

  public DeliveryFaults faults() {
    return stack.faults();
  }

  public ServiceProcess service(String name) {
    return stack.service(name);
  }

  public LocalStack stack() {
    return stack;
  }

  /** What all services have written so far, to both of their logs. */
  public String logs() {
    try (Stream<Path> files = Files.list(dataDir.resolve("logs"))) {
      StringBuilder text = new StringBuilder();
      for (Path file : files.sorted().toList()) {
        text.append(Files.readString(file));
      }
      return text.toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    closing.close();
  }
}
