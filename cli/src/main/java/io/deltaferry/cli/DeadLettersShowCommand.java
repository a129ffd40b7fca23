package io.deltaferry.cli;

import io.deltaferry.cli.deadletter.DeadLetter;
import io.deltaferry.cli.deadletter.DeadLetterReport;
import io.deltaferry.cli.deadletter.DeadLetters;
import io.deltaferry.cli.deadletter.Replay;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code deltaferry dead-letters show}. */
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    versionProvider = VersionText.class,
    description = {
      "Shows everything a dead letter holds, and what a replay of it would do.",
      "",
      "Messages of Deltaferry name tables, runs and objects and hold no rows; what others publish"
          + " to its topics may hold anything.",
      ""
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:the letter was shown",
      "1:there is no such letter, or Pub/Sub or the bucket does not answer",
      "2:the command line is wrong"
    },
    footerHeading = "%nExamples:%n",
    footer = {"  deltaferry dead-letters show 14087"})
final class DeadLettersShowCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it before call
  private CommandSpec spec;

  @Mixin private final DeploymentOptions deployment = new DeploymentOptions();

  @Parameters(paramLabel = "ID", description = "The letter's id, from the list.")
  @SuppressWarnings("NullAway.Init") // picocli sets it before call
  private String id;

  @Option(names = "--json", description = "All of it as one JSON object, with times in UTC.")
  private boolean json;

  @Override
  public Integer call() throws InterruptedException {
    return InterruptOnSignal.during(this::show);
  }

  private int show() {
    PrintWriter out = spec.commandLine().getOut();
    try (DeadLetters letters = new DeadLetters(deployment.find(), Clock.systemUTC())) {
      DeadLetter letter = letters.named(List.of(id)).get(0);
      Replay replay = letters.plan(letter);
      if (json) {
        out.println(DeadLetterReport.jsonOfEverything(letter, replay));
      } else {
        DeadLetterReport.everything(letter, replay).forEach(out::println);
      }
    }
    out.flush();
    return ExitCode.OK;
  }
}
