package io.deltaferry.cli;

import io.deltaferry.cli.deadletter.DeadLetter;
import io.deltaferry.cli.deadletter.DeadLetterReport;
import io.deltaferry.cli.deadletter.DeadLetters;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code deltaferry dead-letters list}. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    versionProvider = VersionText.class,
    description = {
      "Lists dead letters, the oldest first.",
      "",
      "Looks until none comes for some seconds, and puts all of them back: nothing changes. Letters"
          + " that somebody else is looking at are missing from the list.",
      ""
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:the letters were listed, whether there are any or not",
      "1:Pub/Sub does not answer; stderr says why",
      "2:the command line is wrong"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  deltaferry dead-letters list",
      "  deltaferry dead-letters list --json | jq -r 'select(.error_code == \"KEY_MISSING\") | .id'"
    })
final class DeadLettersListCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it before call
  private CommandSpec spec;

  @Mixin private final DeploymentOptions deployment = new DeploymentOptions();

  @Option(names = "--json", description = "One JSON object a letter, with times in UTC.")
  private boolean json;

  @Override
  public Integer call() throws InterruptedException {
    return InterruptOnSignal.during(this::list);
  }

  private int list() {
    PrintWriter out = spec.commandLine().getOut();
    try (DeadLetters letters = new DeadLetters(deployment.find(), Clock.systemUTC())) {
      List<DeadLetter> all = letters.all();
      if (json) {
        all.forEach(letter -> out.println(DeadLetterReport.json(letter)));
      } else if (all.isEmpty()) {
        out.println("No dead letters.");
      } else {
        DeadLetterReport.table(all).forEach(out::println);
      }
    }
    out.flush();
    return ExitCode.OK;
  }
}
