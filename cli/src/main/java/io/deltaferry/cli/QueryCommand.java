package io.deltaferry.cli;

import io.deltaferry.cli.endpoint.Clients;
import io.deltaferry.cli.endpoint.Endpoints;
import io.deltaferry.cli.query.ResultFormat;
import io.deltaferry.cli.query.RunQuery;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code deltaferry query}. */
@Command(
    name = "query",
    mixinStandardHelpOptions = true,
    versionProvider = VersionText.class,
    description = {
      "Runs one GoogleSQL statement in BigQuery and prints its rows.",
      "",
      "Asks the local stack of --data-dir; without it the emulator in BIGQUERY_EMULATOR_HOST; else a"
          + " stack that runs on ./.deltaferry; else Google Cloud, with application default"
          + " credentials and the project in GOOGLE_CLOUD_PROJECT.",
      ""
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  deltaferry query 'SELECT COUNT(*) FROM target.flights'",
      "  deltaferry query --format csv 'SELECT * FROM target.airports LIMIT 10' > airports.csv",
      "  deltaferry query --format json 'SELECT * FROM control.sync_runs' | jq .table_name"
    })
final class QueryCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it before call
  private CommandSpec spec;

  @Parameters(paramLabel = "SQL", description = "The statement; quote it for the shell.")
  @SuppressWarnings("NullAway.Init") // picocli sets it before call
  private String sql;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "TABLE",
      description = {
        "table: aligned, NULL written out, cells cut at 60 columns;",
        "csv: RFC 4180, NULL is nothing and the empty text is \"\";",
        "json: one object a line as BigQuery exports it: INT64 and NUMERIC as texts.",
        "Default: table."
      })
  @SuppressWarnings("NullAway.Init") // picocli sets it before call
  private ResultFormat format;

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description = "The data directory of a running `deltaferry local` or `demo --keep`.")
  private @Nullable Path dataDir;

  @Override
  public Integer call() throws InterruptedException {
    Endpoints endpoints = Endpoints.find(dataDir, System.getenv());
    new RunQuery(
            Clients.bigQuery(endpoints), spec.commandLine().getOut(), spec.commandLine().getErr())
        .run(sql, format);
    return ExitCode.OK;
  }
}
