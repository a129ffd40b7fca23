package io.deltaferry.cli;

import io.deltaferry.cli.doctor.Diagnosis;
import io.deltaferry.cli.doctor.Examine;
import io.deltaferry.cli.doctor.State;
import io.deltaferry.cli.doctor.cloud.DefaultCredentials;
import io.deltaferry.cli.endpoint.Located;
import io.deltaferry.cli.plan.MergeCost;
import io.deltaferry.cli.plan.PlanReport;
import io.deltaferry.cli.plan.PlannedTable;
import io.deltaferry.error.DeltaferryException;
import io.deltaferry.extractor.RunPreview;
import io.deltaferry.gcp.BigQueryWarehouse;
import io.deltaferry.gcp.GoogleClients;
import io.deltaferry.gcp.StorageControlStore;
import io.deltaferry.run.Warehouse;
import io.deltaferry.table.TableFile;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code deltaferry plan}. */
@Command(
    name = "plan",
    mixinStandardHelpOptions = true,
    versionProvider = VersionText.class,
    description = {
      "Shows what the next run of each table would do, and writes nothing.",
      "",
      "Decides as the service does, with your own credentials: how many rows and bytes the database"
          + " expects, how many bytes BigQuery reads to merge them, in how many slices, from where it reads and why, what becomes of the target's"
          + " columns, and which permissions are missing on either side.",
      ""
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:every table can be synced as it is shown",
      "1:a table would be refused, something is missing, or something does not answer",
      "2:the command line is wrong or names an unknown table"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  deltaferry plan                                all tables of the stack on ./.deltaferry",
      "  deltaferry plan orders --sql",
      "  deltaferry plan --json | jq -r 'select(.works | not) | .table'",
      "  deltaferry plan --tables tables.yaml --source postgresql://me@localhost:5433/shop"
    })
final class PlanCommand implements Callable<Integer> {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it before call
  private CommandSpec spec;

  @Mixin private final DeploymentOptions deployment = new DeploymentOptions();

  @Mixin private final SourceOption source = new SourceOption();

  @Mixin private final TableNames names = new TableNames();

  @Option(names = "--sql", description = "The statements, below everything else.")
  private boolean sql;

  @Option(names = "--json", description = "One JSON object a table, with its statements.")
  private boolean json;

  @Override
  public Integer call() throws InterruptedException {
    Located located = deployment.locate();
    Map<String, String> environment = source.environment(located);
    TableFile tables = located.read(environment);
    List<String> asked = names.of(tables, null);
    GoogleClients clients =
        new GoogleClients(tables.target().project(), located.endpoints().environment());
    Warehouse warehouse =
        new BigQueryWarehouse(
            clients.bigQuery(), tables.target().project(), tables.target().location(), PATIENCE);
    RunPreview previews =
        new RunPreview(
            tables,
            warehouse,
            new StorageControlStore(clients.storage(), tables.bucket()),
            Clock.systemUTC());
    List<Diagnosis> missing = missing(located, environment);
    List<PlannedTable> planned = new ArrayList<>();
    asked.forEach(name -> planned.add(planned(name, previews, warehouse, missing)));
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      planned.forEach(table -> out.println(PlanReport.json(table)));
    } else {
      PlanReport.lines(planned, sql).forEach(out::println);
    }
    out.flush();
    return planned.stream().allMatch(PlannedTable::works) ? ExitCode.OK : ExitCode.FAILED;
  }

  private static List<Diagnosis> missing(Located located, Map<String, String> environment)
      throws InterruptedException {
    return new Examine(located, "deltaferry", new DefaultCredentials(), Clock.systemUTC())
        .access(environment).stream()
            .filter(diagnosis -> diagnosis.state() == State.MISSING)
            .toList();
  }

  /** One table's trouble is its own; what all of them need is missing for each. */
  private static PlannedTable planned(
      String name, RunPreview previews, Warehouse warehouse, List<Diagnosis> missing) {
    List<String> own =
        missing.stream()
            .filter(
                diagnosis ->
                    !diagnosis.area().startsWith("table ")
                        || diagnosis.area().equals("table " + name))
            .map(
                diagnosis ->
                    "%s/%s: %s"
                        .formatted(diagnosis.area(), diagnosis.name(), diagnosis.finding().found()))
            .toList();
    try {
      RunPreview.Seen seen = previews.of(name);
      return new PlannedTable(name, seen, MergeCost.of(seen, warehouse), null, own);
    } catch (DeltaferryException refused) {
      return new PlannedTable(name, null, null, refused, own);
    }
  }
}
