package io.deltaferry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.bigquery.BigQuery;
import com.google.cloud.storage.Storage;
import com.google.pubsub.v1.SubscriptionName;
import io.deltaferry.cli.demo.DemoPostgres;
import io.deltaferry.cli.endpoint.Clients;
import io.deltaferry.cli.local.Closing;
import io.deltaferry.cli.local.LocalStack;
import io.deltaferry.cli.local.LocalTopology;
import io.deltaferry.cli.local.PubSubAdmin;
import io.deltaferry.cli.local.StackPorts;
import io.deltaferry.cli.local.StackTables;
import io.deltaferry.cli.process.ServiceProcess;
import io.deltaferry.cli.process.ServiceSpec;
import io.deltaferry.gcp.GoogleClients;
import io.deltaferry.service.Topology;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** A stack of its own for the tests that break one, with a database that asks for passwords. */
final class DoctorStack implements ParameterResolver {
  static final String PROJECT = "clinic-local";
  static final String BUCKET = "clinic-local-staging";
  private static final boolean SDK = CloudSdk.isInstalled("DoctorCloudIT");
  private static final Namespace NAMESPACE = Namespace.create(DoctorStack.class);
  private static final String TABLES =
      """
      source:
        url: ${CLINIC_DATABASE}
      target:
        project: clinic-local
        dataset: clinic
        location: EU
      bucket: clinic-local-staging
      topic_prefix: clinic-
      defaults:
        cursor: changed_at
      tables:
        visits:
          source: clinic.visits
        rooms:
          source: '"Clinic Rooms".rooms'
          key: [floor, number]
          exclude: [code]
        wards:
          source: '"Clinic Rooms".wards'
          mode: change_log
          change_log: {table: '"Clinic Rooms".audit', id: nr, key: object_id, action: action}
      """;
  private static final List<String> DATABASE =
      List.of(
          "CREATE ROLE \"the ferry\" LOGIN PASSWORD 'a secret'",
          "GRANT pg_read_all_stats TO \"the ferry\"",
          "CREATE SCHEMA clinic",
          "CREATE SCHEMA \"Clinic Rooms\"",
          "GRANT USAGE ON SCHEMA clinic, \"Clinic Rooms\" TO \"the ferry\"",
          "CREATE TABLE clinic.visits (id bigint PRIMARY KEY, note text, changed_at timestamptz)",
          "CREATE INDEX by_change ON clinic.visits (changed_at)",
          "CREATE TABLE \"Clinic Rooms\".rooms (floor int NOT NULL, number int NOT NULL,"
              + " code text, changed_at timestamptz)",
          "CREATE UNIQUE INDEX by_place ON \"Clinic Rooms\".rooms (floor, number)",
          "CREATE INDEX ON \"Clinic Rooms\".rooms (changed_at DESC)",
          "CREATE TABLE \"Clinic Rooms\".wards (id int PRIMARY KEY, name text)",
          "CREATE TABLE \"Clinic Rooms\".audit (nr bigserial, object_id text, action text)",
          "CREATE INDEX by_nr ON \"Clinic Rooms\".audit (nr)",
          "GRANT SELECT ON clinic.visits, \"Clinic Rooms\".rooms, \"Clinic Rooms\".wards,"
              + " \"Clinic Rooms\".audit TO \"the ferry\"",
          "GRANT SELECT ON SEQUENCE \"Clinic Rooms\".audit_nr_seq TO \"the ferry\"");

  /** The stack, the database behind it, and the clients that break both. */
  static final class Running implements AutoCloseable {
    private final Closing closing = new Closing();
    private final Path directory;
    private final DemoPostgres postgres;
    private final LocalStack stack;
    private final GoogleClients clients;

    private Running() {
      try {
        directory = Files.createTempDirectory("a patient ");
        postgres = closing.add(DemoPostgres.start(directory.resolve("postgres")));
        askForPasswords();
        DATABASE.forEach(this::sql);
        Path tables = Files.writeString(directory.resolve("tables.yaml"), TABLES);
        stack =
            closing.add(
                LocalStack.start(
                    directory.resolve("data"),
                    StackPorts.free(),
                    StackTables.of(tables, url("a%20secret"), Map.of())));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
      clients = new GoogleClients(PROJECT, stack.endpoints().environment());
    }

    /** The embedded server trusts everybody. */
    private void askForPasswords() throws IOException {
      Path rules = directory.resolve("postgres/data/pg_hba.conf");
      String line = "host all \"the ferry\" 127.0.0.1/32 scram-sha-256\n";
      Files.writeString(rules, line + Files.readString(rules));
      sql("SELECT pg_reload_conf()");
    }

    LocalStack stack() {
      return stack;
    }

    Storage storage() {
      return clients.storage();
    }

    BigQuery bigQuery() {
      return Clients.bigQuery(stack.endpoints());
    }

    PubSubAdmin pubSub() {
      return PubSubAdmin.connect(clients);
    }

    Path directory() {
      return directory;
    }

    /** Runs a statement as the database's administrator. */
    void sql(String statement) {
      try (Connection connection = postgres.connect();
          Statement sql = connection.createStatement()) {
        sql.execute(statement);
      } catch (SQLException e) {
        throw new IllegalStateException(statement, e);
      }
    }

    /** The database with a login. */
    String url(String password) {
      return postgres
          .url()
          .substring("jdbc:".length())
          .replace("//", "//the%20ferry:" + password + "@");
    }

    /** Runs doctor on it. */
    CommandRun doctor(String... more) {
      return CommandRun.of(
          Stream.concat(
                  Stream.of("doctor", "--data-dir", directory.resolve("data").toString()),
                  Stream.of(more))
              .toArray(String[]::new));
    }

    /** What doctor says of it, with this password of the database's. */
    DoctorLines lines(String password) {
      return DoctorLines.of(doctor("--json", "--source", url(password)).json());
    }

    DoctorLines lines() {
      return lines("a%20secret");
    }

    /**
     * Does what a line says; without Google's tools, what Terraform would do again.
     *
     * @param name of a line about a thing of the cloud's
     */
    void mend(DoctorLines lines, String name) {
      for (String remedy : lines.remedies(name)) {
        assertThat(remedy).startsWith("shell ");
        if (SDK) {
          CloudSdk.run(stack.ready(), directory, remedy.substring("shell ".length()));
        }
      }
      if (!SDK) {
        rebuild();
      }
    }

    /** Deletes what can be wrong and makes everything anew. */
    private void rebuild() {
      try (PubSubAdmin pubSub = pubSub()) {
        pubSub.delete(SubscriptionName.format(PROJECT, "clinic-staged-deltas-push"));
        if (storage().get(BUCKET) != null) {
          storage()
              .listNotifications(BUCKET)
              .forEach(found -> storage().deleteNotification(BUCKET, found.getNotificationId()));
        }
        new LocalTopology(
                PROJECT,
                BUCKET,
                "EU",
                "clinic-",
                Topology.DEFAULT.push().maxDeliveryAttempts(),
                Set.of("clinic", "clinic_staging", "clinic_control"))
            .create(
                pubSub,
                storage(),
                bigQuery(),
                Map.of(
                    "extractor", stack.ready().extractor(),
                    "loader", stack.ready().loader(),
                    "merger", stack.ready().merger()));
      }
    }

    /** Starts a service that was stopped. */
    void restart(ServiceSpec spec) throws InterruptedException {
      closing.add(ServiceProcess.start(spec)).awaitHealthy(Duration.ofSeconds(60));
    }

    @Override
    public void close() {
      closing.close();
      try (Stream<Path> files = Files.walk(directory)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(file);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Running.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(NAMESPACE)
        .getOrComputeIfAbsent(Running.class, type -> new Running(), Running.class);
  }
}
