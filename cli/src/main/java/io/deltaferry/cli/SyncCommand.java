package io.deltaferry.cli;

import io.deltaferry.cli.endpoint.Deployment;
import io.deltaferry.cli.sync.AskedRun;
import io.deltaferry.cli.sync.SyncReport;
import io.deltaferry.cli.sync.SyncTables;
import io.deltaferry.cli.sync.TableProgress;
import io.deltaferry.run.TrialReport;
import io.deltaferry.table.SyncMode;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code deltaferry sync}. */
@Command(
    name = "sync",
    mixinStandardHelpOptions = true,
    versionProvider = VersionText.class,
    description = {
      "Asks for tables to be brought up to date, and follows each to its end.",
      "",
      "Publishes one request per table, the highest priority first, and waits on a subscription of"
          + " its own, which it deletes. The services do the work: a sync that is stopped or runs out"
          + " of time stops nothing.",
      ""
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:every table is up to date; with --no-wait: every request is published",
      "1:a table failed or was not at its end in time; stderr says which and why",
      "2:the command line is wrong or names an unknown table; nothing was published"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  deltaferry sync                                all tables of the stack on ./.deltaferry",
      "  deltaferry sync orders customers --timeout 10m",
      "  deltaferry sync --only incremental             as one schedule of several would",
      "  deltaferry sync orders --mode replace          all rows, also what no cursor can see",
      "  deltaferry sync orders --from 2026-01-01 --to 2026-02-01",
      "  deltaferry sync --json | jq -r 'select(.state != \"done\") | .table'",
      "  deltaferry sync --tables gs://shop-config/tables.yaml orders     in Google Cloud"
    })
final class SyncCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it before call
  private CommandSpec spec;

  @Mixin private final DeploymentOptions deployment = new DeploymentOptions();

  @Mixin private final TableNames tables = new TableNames();

  @Option(
      names = "--mode",
      paramLabel = "MODE",
      converter = ModeText.class,
      description =
          "What this run does: incremental, append, replace, window, backfill, reconcile or test"
              + " (docs/modes.md). Default: each"
              + " table's own, from the table file.")
  private @Nullable SyncMode mode;

  @Mixin private final WindowOptions window = new WindowOptions();

  @Option(
      names = "--only",
      paramLabel = "MODE",
      converter = ModeText.class,
      description =
          "Leave out tables whose mode in the table file is another one. Where none is left, nothing"
              + " is asked for, and that is no failure.")
  private @Nullable SyncMode only;

  @Option(
      names = "--no-wait",
      description = "Publish and end: prints each table and the id of its request.")
  private boolean noWait;

  @Option(
      names = "--json",
      description = "One JSON object a table on stdout, when all is over; progress goes to stderr.")
  private boolean json;

  @Option(
      names = "--timeout",
      paramLabel = "DURATION",
      defaultValue = "1h",
      converter = DurationOption.class,
      description = "How long to wait for all of them, such as 90s, 15m, 2h. Default: 1h.")
  @SuppressWarnings("NullAway.Init") // picocli sets it before call
  private Duration timeout;

  @Override
  public Integer call() throws InterruptedException {
    AskedRun asked = window.with(mode);
    Deployment found = deployment.find();
    List<String> names = tables.of(found.tables(), only);
    if (names.isEmpty()) {
      spec.commandLine().getErr().println("deltaferry: no table has this mode; nothing was asked");
      return ExitCode.OK;
    }
    SyncTables sync =
        new SyncTables(found.clients(), found.tables(), found.logs(), Clock.systemUTC());
    if (noWait) {
      sync.publish(names, asked).forEach(this::printRequest);
      return ExitCode.OK;
    }
    FollowView view =
        new FollowView(spec.commandLine().getOut(), spec.commandLine().getErr(), json);
    return InterruptOnSignal.during(
        () -> {
          List<TableProgress> ended =
              sync.syncAndWait(names, asked, timeout, view.progress()::show);
          if (asked.mode() == SyncMode.TEST && !json) {
            ended.forEach(table -> sync.trial(table).ifPresent(this::printTrial));
          }
          return view.report(ended);
        });
  }

  private void printTrial(TrialReport report) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(report.table() + ":");
    report.lines().forEach(line -> out.println("  " + line));
  }

  private void printRequest(TableProgress request) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(
        json ? SyncReport.json(request, false) : request.table() + " " + request.requestId());
    out.flush();
  }
}
