package io.deltaferry.cli.holes;

import com.google.cloud.bigquery.DatasetInfo;
import com.google.cloud.storage.BucketInfo;
import com.google.cloud.storage.Storage;
import io.deltaferry.cli.endtoend.World;
import io.deltaferry.gcp.BigQueryWarehouse;
import io.deltaferry.gcp.GoogleClients;
import io.deltaferry.localgcp.LocalGcp;
import io.deltaferry.run.Warehouse;
import io.deltaferry.sql.Statement;
import io.deltaferry.testing.TestPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A database and the local endpoints, started once for all scripts; lives as long as the JVM. */
final class Bench {
  static final String PROJECT = "my-shop";
  static final String BUCKET = "my-shop-staging";

  private static final AtomicInteger TABLES = new AtomicInteger();

  final TestPostgres postgres = TestPostgres.create();
  final BucketClock clock = new BucketClock();
  final GoogleClients clients;
  final Storage storage;
  final Warehouse warehouse;
  final Map<String, String> endpoints;
  private final Path directory;

  private Bench(Path directory) throws SQLException {
    this.directory = directory;
    LocalGcp apis =
        LocalGcp.start(
            new LocalGcp.Settings(
                directory.resolve("data"), LocalGcp.Ports.FREE, 1, clock.clock()));
    Runtime.getRuntime().addShutdownHook(new Thread(apis::close));
    endpoints =
        Map.of(
            "BIGQUERY_EMULATOR_HOST", apis.bigQuery().url(),
            "STORAGE_EMULATOR_HOST", apis.storage().url());
    clients = new GoogleClients(PROJECT, endpoints);
    storage = clients.storage();
    storage.create(BucketInfo.of(BUCKET));
    List.of("target", "staging", "control")
        .forEach(dataset -> clients.bigQuery().create(DatasetInfo.of(dataset)));
    warehouse = new BigQueryWarehouse(clients.bigQuery(), PROJECT, "US", Duration.ofMinutes(1));
  }

  static Bench shared() {
    return Shared.BENCH;
  }

  /**
   * A new table with the columns id, v and updated_at, which the database stamps.
   *
   * @param settings of the table file, such as {@code run_expiry: 5m}
   */
  Line line(String... settings) {
    String name = newName();
    postgres.run(
        "CREATE TABLE public.%s (id int PRIMARY KEY, v text, updated_at timestamptz DEFAULT now())"
            .formatted(name));
    return new Line(this, name, tableFile(name, "source: public." + name, incremental(settings)));
  }

  /** Of a table that nobody has made yet. */
  String newName() {
    return "t" + TABLES.incrementAndGet();
  }

  /** The way of a table that has no cursor. */
  Line copied(String name, String... settings) {
    return new Line(this, name, tableFile(name, "source: public." + name, settings));
  }

  /**
   * The way of rows that are read otherwise.
   *
   * @param source of the table file, such as {@code query: SELECT 1}
   */
  Line over(String name, String source, String... settings) {
    return new Line(this, name, tableFile(name, source, incremental(settings)));
  }

  private static String[] incremental(String... settings) {
    return Stream.concat(Stream.of("cursor: updated_at", "clock_margin: 0s"), Stream.of(settings))
        .toArray(String[]::new);
  }

  private Path tableFile(String name, String source, String... settings) {
    String text =
        """
        source: {url: "${DELTAFERRY_SOURCE_URL}"}
        target: {project: my-shop, dataset: target, staging_dataset: staging, control_dataset: control, location: US}
        bucket: my-shop-staging
        hash_key: the secret of these hashes
        tables:
          %s:
            %s
            %s
        """
            .formatted(name, source, String.join("\n    ", settings));
    try {
      return Files.writeString(directory.resolve(name + ".yaml"), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The database as a table file names it. */
  String sourceUrl() {
    return World.url(postgres);
  }

  List<Map<String, @Nullable String>> query(String sql) {
    return warehouse.query(Statement.of(sql));
  }

  private static final class Shared {
    static final Bench BENCH = start();

    private static Bench start() {
      try {
        return new Bench(
            Files.createTempDirectory(Files.createDirectories(Path.of("target")), "holes"));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
