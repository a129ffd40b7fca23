package io.deltaferry.cli;

import io.deltaferry.cli.doctor.Diagnosis;
import io.deltaferry.cli.doctor.DoctorReport;
import io.deltaferry.cli.doctor.Examine;
import io.deltaferry.cli.doctor.State;
import io.deltaferry.cli.doctor.cloud.DefaultCredentials;
import io.deltaferry.cli.endpoint.Located;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code deltaferry doctor}. */
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    versionProvider = VersionText.class,
    description = {
      "Says what of a deployment is in order, what is missing, and the command that mends it.",
      "",
      "Looks with your own credentials, changes nothing, and shows a line for each thing: the table"
          + " file, APIs, bucket, topics, subscriptions, datasets, services, permissions, the"
          + " database and each of its tables. `warning`: it works, but may go wrong one day. `not"
          + " checked`: it cannot be seen from here, or something above it is missing.",
      ""
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:nothing is missing; there may be warnings and things that were not checked",
      "1:something is missing",
      "2:the command line is wrong; nothing was looked at"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  deltaferry doctor                              the stack on ./.deltaferry",
      "  deltaferry doctor --json | jq -r 'select(.state == \"missing\") | .remedies[].text'",
      "  deltaferry doctor --tables gs://shop-config/tables.yaml          in Google Cloud",
      "  deltaferry doctor --tables tables.yaml --source postgresql://me@localhost:5433/shop",
      "                                                 the database through a proxy"
    })
final class DoctorCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it before call
  private CommandSpec spec;

  @Mixin private final DeploymentOptions deployment = new DeploymentOptions();

  @Mixin private final SourceOption source = new SourceOption();

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description =
          "What the names of Cloud Run services and of their identities begin with: Terraform's"
              + " variable `name`. Default: deltaferry.")
  private String name = "deltaferry";

  @Option(names = "--json", description = "One JSON object a check, with what mends it.")
  private boolean json;

  @Override
  public Integer call() throws InterruptedException {
    Located located = deployment.locate();
    List<Diagnosis> diagnoses =
        new Examine(located, name, new DefaultCredentials(), Clock.systemUTC())
            .all(source.environment(located));
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      diagnoses.forEach(diagnosis -> out.println(DoctorReport.json(diagnosis)));
    } else {
      DoctorReport.lines(diagnoses, Terminal.isStdout()).forEach(out::println);
    }
    out.flush();
    return diagnoses.stream().anyMatch(diagnosis -> diagnosis.state() == State.MISSING)
        ? ExitCode.FAILED
        : ExitCode.OK;
  }
}
