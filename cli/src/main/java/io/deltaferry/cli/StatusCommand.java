package io.deltaferry.cli;

import io.deltaferry.cli.endpoint.Deployment;
import io.deltaferry.cli.status.ReadStatus;
import io.deltaferry.cli.status.StatusReport;
import io.deltaferry.cli.status.TableStatus;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Instant;
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
          + " and why runs failed.",
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

  @Override
  public Integer call() throws InterruptedException {
    Clock clock = Clock.systemUTC();
    Deployment found = deployment.find();
    List<TableStatus> tables = new ReadStatus(found.clients(), found.tables(), clock).all();
    Instant now = clock.instant();
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      tables.forEach(table -> out.println(StatusReport.json(table, now)));
    } else {
      StatusReport.lines(tables, now).forEach(out::println);
    }
    out.flush();
    return ExitCode.OK;
  }
}
