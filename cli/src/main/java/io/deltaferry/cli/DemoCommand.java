package io.deltaferry.cli;

import io.deltaferry.cli.demo.FlightRows;
import io.deltaferry.cli.demo.RunDemo;
import io.deltaferry.cli.demo.TryByHand;
import io.deltaferry.cli.endpoint.ReadyFile;
import io.deltaferry.cli.local.StackPorts;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code deltaferry demo}. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    versionProvider = VersionText.class,
    description = {
      "Shows the whole way on this machine, with no cloud account and no database of yours.",
      "",
      "Starts a real PostgreSQL 17 with real flights and generated school tables, the local stack and"
          + " the three services; syncs every table; changes rows; syncs again; then compares every"
          + " column of every row on both sides.",
      ""
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:every table was synced and both sides are equal",
      "1:a table failed or differs; the table printed last says which",
      "2:the command line is wrong; nothing was done"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  deltaferry demo",
      "  deltaferry demo --keep            leave it running and try it by hand",
      "  deltaferry demo --flights 3000000 --flights-file flights-3m.parquet"
    })
final class DemoCommand implements Callable<Integer> {
  private static final List<String> NEXT =
      List.of(
          "",
          "Next: `./deltaferry demo --keep` leaves all of it running and says how to publish and",
          "query by hand; `./deltaferry local --help` runs it against your own database.");

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it before call
  private CommandSpec spec;

  @Option(
      names = "--flights",
      paramLabel = "N",
      defaultValue = "" + FlightRows.CARRIED,
      description = "How many flights to load. Default: ${DEFAULT-VALUE}, all the program carries.")
  private long flights;

  @Option(
      names = "--flights-file",
      paramLabel = "FILE",
      description =
          "A Parquet file with more flights: columns date, delay, distance, origin, destination.")
  private @Nullable Path flightsFile;

  @Option(
      names = "--keep",
      description =
          "Leave everything running on the usual ports until Ctrl-C, and say how to use it.")
  private boolean keep;

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description =
          "Keep all data there and use it again next time. Default: ./.deltaferry with --keep, else"
              + " a temporary directory that is deleted.")
  private @Nullable Path dataDir;

  @Option(
      names = "--ports-from",
      paramLabel = "N",
      converter = PortsText.class,
      description = "Seven ports in a row from N. Default: free ones; the usual ones with --keep.")
  private @Nullable StackPorts ports;

  private volatile boolean interrupted;
  private volatile boolean failed;

  @Override
  public Integer call() throws SQLException, InterruptedException, IOException {
    FlightRows rows = flightRows();
    PrintWriter out = spec.commandLine().getOut();
    Path directory = directory();
    RunDemo demo = new RunDemo(directory, rows, out, Terminal.isStdout(), Clock.systemUTC());
    Runtime.getRuntime().addShutdownHook(new Thread(() -> interrupted(demo, directory), "stop"));
    boolean equal = false;
    try {
      RunDemo.Result result = demo.run(ports());
      equal = result.equal();
      out.println(equal ? "Every table is equal on both sides." : "NOT every table is equal.");
      if (keep) {
        keep(demo, result, out);
      } else if (equal) {
        NEXT.forEach(out::println);
      }
      return equal ? ExitCode.OK : ExitCode.FAILED;
    } finally {
      failed = !equal && !interrupted;
      if (failed && isTemporary()) {
        out.println("Nothing is deleted: the data and all logs are in " + directory + ".");
      }
      stop(demo, directory);
    }
  }

  private static void keep(RunDemo demo, RunDemo.Result result, PrintWriter out)
      throws InterruptedException {
    TryByHand.lines(result.stack().ready(), result.stack().tables().bucket(), result.sourceUrl())
        .forEach(out::println);
    out.flush();
    if (result.equal()) {
      StopOnSignal.close(demo);
    }
    new CountDownLatch(1).await();
  }

  private FlightRows flightRows() {
    if (flightsFile != null && !Files.isReadable(flightsFile)) {
      throw new ParameterException(
          spec.commandLine(), "--flights-file " + flightsFile + " cannot be read");
    }
    try {
      return new FlightRows(flights, flightsFile);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  private StackPorts ports() {
    if (ports != null) {
      return ports;
    }
    return keep ? StackPorts.DEFAULT : StackPorts.free();
  }

  private boolean isTemporary() {
    return dataDir == null && !keep;
  }

  private Path directory() throws IOException {
    if (dataDir != null) {
      return dataDir;
    }
    return keep ? ReadyFile.DEFAULT_DATA_DIR : Files.createTempDirectory("deltaferry-demo");
  }

  private void interrupted(RunDemo demo, Path directory) {
    interrupted = true;
    stop(demo, directory);
  }

  private synchronized void stop(RunDemo demo, Path directory) {
    demo.close();
    // What went wrong can only be found in what is still there.
    if (isTemporary() && !failed && Files.exists(directory)) {
      try (Stream<Path> files = Files.walk(directory)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(file);
        }
      } catch (IOException e) {
        System.err.println("deltaferry: " + directory + " could not be deleted: " + e);
      }
    }
  }
}
