package io.deltaferry.cli;

import io.deltaferry.cli.endpoint.Deployment;
import io.deltaferry.cli.status.ReadStatus;
import io.deltaferry.cli.status.StatusReport;
import io.deltaferry.cli.status.TableStatus;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code deltaferry status}. */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    versionProvider = VersionText.class,
    description = {
      "Shows where every table stands.",
      "",
      "state: never (asked for), pending (a request waits, or a run was abandoned and will be taken"
          + " over), running, failed, completed. rows: what the last run brought. lag: the time since"
          + " the last good run read the database. watermark: from where the next run reads, in the"
          + " cursor's own form. Below the table stands which tables are older than their max_lag,"
          + " how far runs at work have come, and why runs failed.",
      "",
      "The stage of a run is extracting, loading or merging. How much of it is done comes from what"
          + " its slices staged and from what the database expected of it; it is an estimate, and so"
          + " is the time left.",
      ""
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:the status was read, whatever it is",
      "1:the bucket or BigQuery does not answer; stderr says why",
      "2:the command line is wrong"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  deltaferry status",
      "  deltaferry status --watch",
      "  deltaferry status --json | jq -r 'select(.stale) | .table'",
      "  deltaferry status --tables gs://shop-config/tables.yaml          in Google Cloud"
    })
final class StatusCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it before call
  private CommandSpec spec;

  @Mixin private final DeploymentOptions deployment = new DeploymentOptions();

  @Option(names = "--json", description = "One JSON object a table, with times in UTC.")
  private boolean json;

  @Option(
      names = "--watch",
      description = {
        "Look again and again, until Ctrl-C. On a terminal the new status takes the old one's"
            + " place; elsewhere one block follows the other."
      })
  private boolean watch;

  @Option(
      names = "--every",
      paramLabel = "TIME",
      converter = DurationOption.class,
      defaultValue = "2s",
      description = "With --watch: how long to wait between two looks. Default: ${DEFAULT-VALUE}.")
  @SuppressWarnings("NullAway.Init") // picocli sets it before call
  private Duration every;

  @Override
  public Integer call() throws Exception {
    Clock clock = Clock.systemUTC();
    Deployment found = deployment.find();
    ReadStatus status = new ReadStatus(found.clients(), found.tables(), clock);
    PrintWriter out = spec.commandLine().getOut();
    if (watch) {
      boolean terminal = !json && Terminal.isStdout();
      WatchStatus watching = new WatchStatus(out, spec.commandLine().getErr(), terminal, every);
      StopOnSignal.close(watching);
      watching.run(() -> watched(status, clock, terminal));
    } else {
      lines(status, clock).forEach(out::println);
    }
    out.flush();
    return ExitCode.OK;
  }

  /** A block says when it was true; JSON says so by itself, and has no place for anything else. */
  private List<String> watched(ReadStatus status, Clock clock, boolean terminal)
      throws InterruptedException {
    List<String> lines = new ArrayList<>(lines(status, clock));
    if (!json) {
      lines.add(0, clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
      if (!terminal) {
        lines.add("");
      }
    }
    return lines;
  }

  private List<String> lines(ReadStatus status, Clock clock) throws InterruptedException {
    List<TableStatus> tables = status.all();
    Instant now = clock.instant();
    return json
        ? tables.stream().map(table -> StatusReport.json(table, now)).toList()
        : StatusReport.lines(tables, now);
  }
}
