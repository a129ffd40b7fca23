package io.deltaferry.cli;

import io.deltaferry.cli.endpoint.ReadyFile;
import io.deltaferry.cli.endpoint.ReadyStack;
import io.deltaferry.cli.local.LocalStack;
import io.deltaferry.cli.local.StackPorts;
import io.deltaferry.cli.local.StackTables;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code deltaferry local}. */
@Command(
    name = "local",
    mixinStandardHelpOptions = true,
    versionProvider = VersionText.class,
    description = {
      "Runs Deltaferry on this machine against your own PostgreSQL, without any cloud account.",
      "",
      "Starts Pub/Sub, Cloud Storage and BigQuery endpoints on 127.0.0.1, makes topics, subscriptions,"
          + " bucket and datasets as Terraform makes them, and runs the three services, each in a JVM"
          + " of its own. Prints one JSON line on stdout when all of it is ready; everything else goes"
          + " to stderr. Stop it with Ctrl-C or SIGTERM: the data directory can be used again.",
      ""
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:stopped by SIGTERM or Ctrl-C after it was ready",
      "1:something did not start; stderr says what",
      "2:the command line is wrong; nothing was done"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  deltaferry local --source postgresql://me:secret@localhost/shop --tables tables.yaml",
      "  PGPASSWORD=secret deltaferry local --source postgresql://localhost/shop --tables tables.yaml \\",
      "      --data-dir /var/tmp/ferry --ports-from 20000",
      "",
      "Then, in another terminal:",
      "  deltaferry sync && deltaferry status",
      "  deltaferry query 'SELECT COUNT(*) FROM target.orders'"
    })
final class LocalCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it before call
  private CommandSpec spec;

  @Option(
      names = "--source",
      required = true,
      paramLabel = "URL",
      description = {
        "The database: postgresql://user:password@host:5432/database, or the JDBC form. It takes the"
            + " place of the table file's source. PGUSER and PGPASSWORD"
            + " count where it holds no user and no password."
      })
  @SuppressWarnings("NullAway.Init") // picocli sets it before call
  private String source;

  @Option(
      names = "--tables",
      required = true,
      paramLabel = "FILE",
      description = "The table file (docs/table-file.md).")
  @SuppressWarnings("NullAway.Init") // picocli sets it before call
  private Path tables;

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description =
          "Keeps buckets, tables, undelivered messages and the services' logs. Default:"
              + " ./.deltaferry, where the other commands look by themselves.")
  private Path dataDir = ReadyFile.DEFAULT_DATA_DIR;

  @Option(
      names = "--ports-from",
      paramLabel = "N",
      converter = PortsText.class,
      description = {
        "Seven ports in a row from N: Pub/Sub, its REST form, BigQuery, Cloud Storage, extractor,"
            + " loader, merger. Default: 8085, 8086, 9050, 9023, 8091, 8092, 8093."
      })
  private StackPorts ports = StackPorts.DEFAULT;

  @Option(
      names = "--extractors",
      paramLabel = "N",
      description =
          "Instances of the extractor, which share the slices of large tables. Default: 1.")
  private int extractors = 1;

  @Override
  public Integer call() throws InterruptedException {
    if (extractors < 1) {
      throw new ParameterException(spec.commandLine(), "--extractors: at least 1 is needed");
    }
    StackTables stackTables = StackTables.of(tables, source, System.getenv());
    PrintWriter err = spec.commandLine().getErr();
    err.println("starting the local stack on " + dataDir.toAbsolutePath().normalize() + " ...");
    LocalStack stack = LocalStack.start(dataDir, ports, stackTables, extractors);
    StopOnSignal.close(stack);
    spec.commandLine().getOut().println(ReadyFile.line(stack.ready()));
    spec.commandLine().getOut().flush();
    err.println("ready; stop with Ctrl-C. Logs: " + ReadyStack.logs(dataDir));
    new CountDownLatch(1).await();
    return ExitCode.OK;
  }
}
