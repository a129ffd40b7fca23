package io.deltaferry.cli.demo;

import com.google.cloud.bigquery.TableId;
import io.deltaferry.cli.compare.CompareTables;
import io.deltaferry.cli.compare.TableComparison;
import io.deltaferry.cli.endpoint.Clients;
import io.deltaferry.cli.endpoint.ReadyStack;
import io.deltaferry.cli.local.Closing;
import io.deltaferry.cli.local.LocalStack;
import io.deltaferry.cli.local.StackPorts;
import io.deltaferry.cli.local.StackTables;
import io.deltaferry.cli.sync.AskedRun;
import io.deltaferry.cli.sync.ProgressView;
import io.deltaferry.cli.sync.Stage;
import io.deltaferry.cli.sync.SyncOrder;
import io.deltaferry.cli.sync.SyncTables;
import io.deltaferry.cli.sync.TableProgress;
import io.deltaferry.gcp.GoogleClients;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The demo: a real database, the local stack, two syncs, and the proof that both sides agree. */
public final class RunDemo implements AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofMinutes(20);

  private final Path dataDir;
  private final FlightRows flights;
  private final PrintWriter out;
  private final boolean terminal;
  private final Clock clock;
  private final Closing closing = new Closing();

  /**
   * @param out takes everything a person reads
   * @param terminal whether {@code out} is one
   */
  public RunDemo(Path dataDir, FlightRows flights, PrintWriter out, boolean terminal, Clock clock) {
    this.dataDir = dataDir.toAbsolutePath().normalize();
    this.flights = flights;
    this.out = out;
    this.terminal = terminal;
    this.clock = clock;
  }

  /** The stack as it runs after {@link #run}, and whether all tables were equal. */
  public record Result(LocalStack stack, String sourceUrl, boolean equal) {}

  /** Runs all of it; what it started runs on until this is closed. */
  public Result run(StackPorts ports) throws SQLException, InterruptedException {
    say("PostgreSQL 17 starts ...");
    DemoPostgres postgres = closing.start(() -> DemoPostgres.start(dataDir.resolve("postgres")));
    try (Connection connection = postgres.connect()) {
      load(connection);
      String source =
          postgres.url() + "?user=" + postgres.user() + "&password=" + postgres.password();
      say("the local stack starts: Pub/Sub, Cloud Storage, BigQuery, and the three services ...");
      LocalStack stack =
          closing.add(
              LocalStack.start(
                  dataDir, ports, StackTables.of(tableFile(), source, System.getenv())));
      boolean equal = syncTwice(stack, connection);
      return new Result(stack, source, equal);
    }
  }

  @Override
  public void close() {
    closing.close();
  }

  private void load(Connection connection) throws SQLException {
    if (DemoSchema.isLoaded(connection)) {
      say("the tables of an earlier demo are used again");
      return;
    }
    say("tables are created and filled: six of a school's, airports, bird strikes, flights ...");
    DemoSchema.load(connection, clock.instant(), flights);
  }

  private boolean syncTwice(LocalStack stack, Connection connection)
      throws SQLException, InterruptedException {
    say("first sync: everything");
    List<TableProgress> first = sync(stack);
    say("rows are changed: updates, inserts, NULLs, ties, late stamps ...");
    Map<String, Long> changed = DemoChanges.apply(connection, clock.instant());
    say("second sync: the changes");
    List<TableProgress> second = sync(stack);
    say("both sides are compared, every column of every row ...");
    Map<String, TableComparison> comparisons = compare(stack, connection);
    out.println();
    DemoReport.lines(first, second, changed, comparisons).forEach(out::println);
    out.println();
    return allDone(first)
        && allDone(second)
        && comparisons.values().stream().allMatch(TableComparison::equal);
  }

  private List<TableProgress> sync(LocalStack stack) throws InterruptedException {
    GoogleClients clients =
        new GoogleClients(stack.ready().project(), stack.endpoints().environment());
    List<String> tables = SyncOrder.of(stack.tables(), List.of(), null);
    ProgressView view = new ProgressView(out, terminal);
    return new SyncTables(clients, stack.tables(), ReadyStack.logs(dataDir), clock)
        .syncAndWait(tables, AskedRun.USUAL, TIMEOUT, view::show);
  }

  private Map<String, TableComparison> compare(LocalStack stack, Connection connection)
      throws SQLException, InterruptedException {
    CompareTables compare = new CompareTables(Clients.bigQuery(stack.endpoints()));
    Map<String, TableComparison> comparisons = new LinkedHashMap<>();
    for (DemoTable table : DemoTable.all()) {
      TableId target =
          TableId.of(stack.ready().project(), stack.tables().target().dataset(), table.name());
      comparisons.put(
          table.name(), compare.compare(connection, table.schema(), table.name(), target));
    }
    return comparisons;
  }

  private static boolean allDone(List<TableProgress> tables) {
    return tables.stream().allMatch(table -> table.stage() == Stage.DONE);
  }

  private Path tableFile() {
    Path file = dataDir.resolve("tables.yaml");
    try {
      Files.writeString(file, DemoScripts.text("tables.yaml"));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
    return file;
  }

  private void say(String line) {
    out.println(line);
    out.flush();
  }
}
