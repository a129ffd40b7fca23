package io.deltaferry.cli;

import io.deltaferry.cli.backfill.ListPeriods;
import io.deltaferry.cli.backfill.PeriodReport;
import io.deltaferry.cli.endpoint.Deployment;
import io.deltaferry.cli.endpoint.Located;
import io.deltaferry.cli.sync.AskedRun;
import io.deltaferry.cli.sync.SyncTables;
import io.deltaferry.gcp.GoogleClients;
import io.deltaferry.message.BackfillOptions;
import io.deltaferry.message.RunOptions;
import io.deltaferry.plan.History;
import io.deltaferry.table.PeriodOrder;
import io.deltaferry.table.SyncMode;
import io.deltaferry.table.TableFile;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code deltaferry backfill}. */
@Command(
    name = "backfill",
    mixinStandardHelpOptions = true,
    versionProvider = VersionText.class,
    description = {
      "Lists the periods of a table's history that a backfill would read, or stops one.",
      "",
      "`deltaferry sync TABLE --mode backfill` fills them. Asked again, it goes on where it was"
          + " stopped.",
      ""
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:the periods are listed, or the stop is asked for",
      "1:the database or BigQuery does not answer, or the table has no date to go by",
      "2:the command line is wrong"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  deltaferry backfill orders --dry-run",
      "  deltaferry backfill orders --dry-run --from 2026-01-01 --order oldest --json",
      "  deltaferry backfill orders --stop"
    })
final class BackfillCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it before call
  private CommandSpec spec;

  @Mixin private final DeploymentOptions deployment = new DeploymentOptions();

  @Mixin private final SourceOption source = new SourceOption();

  @Parameters(paramLabel = "TABLE", description = "A name from the table file.")
  @SuppressWarnings("NullAway.Init") // picocli sets it before call
  private String table;

  @ArgGroup(multiplicity = "1")
  private final Task task = new Task();

  @Option(names = "--from", paramLabel = "TIME", description = "Only rows from there on.")
  private @Nullable String from;

  @Option(names = "--to", paramLabel = "TIME", description = "Only rows below that.")
  private @Nullable String to;

  @Option(
      names = "--order",
      paramLabel = "ORDER",
      converter = PeriodOrderText.class,
      description = "newest or oldest first. Default: the table file's.")
  private @Nullable PeriodOrder order;

  @Option(names = "--json", description = "One JSON object a period.")
  private boolean json;

  /** One of them. */
  private static final class Task {
    @Option(
        names = "--dry-run",
        description =
            "Counts the rows of both sides, and lists what would be read, in order. Changes"
                + " nothing.")
    private boolean dryRun;

    @Option(
        names = "--stop",
        description =
            "Ends what was asked for until now: the period that is being read is finished, and no"
                + " other begins.")
    private boolean stop;
  }

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    if (task.dryRun) {
      print(out);
    }
    if (task.stop) {
      refuse("--from", from != null);
      refuse("--to", to != null);
      refuse("--order", order != null);
      refuse("--json", json);
      stop();
      out.println("asked: no further period of " + table + " begins");
    }
    out.flush();
    return ExitCode.OK;
  }

  private void refuse(String option, boolean given) {
    if (given) {
      throw new ParameterException(
          spec.commandLine(), option + " is for --dry-run; --stop ends all that was asked for");
    }
  }

  private void stop() {
    Deployment found = deployment.find();
    found.tables().requiredTable(table);
    new SyncTables(found.clients(), found.tables(), found.logs(), Clock.systemUTC())
        .publish(
            List.of(table),
            new AskedRun(SyncMode.BACKFILL, RunOptions.NONE.with(BackfillOptions.STOP)));
  }

  private void print(PrintWriter out) {
    Located located = deployment.locate();
    TableFile tables = located.read(source.environment(located));
    GoogleClients clients =
        new GoogleClients(tables.target().project(), located.endpoints().environment());
    BackfillOptions options = order == null ? null : new BackfillOptions(order, null, false);
    List<History.Period> open =
        new ListPeriods(tables, clients)
            .open(tables.requiredTable(table), RunOptions.between(from, to).with(options));
    (json ? PeriodReport.json(open) : PeriodReport.lines(table, open)).forEach(out::println);
  }
}
