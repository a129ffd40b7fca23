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
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code deltaferry dead-letters drop}. */
@Command(
    name = "drop",
    mixinStandardHelpOptions = true,
    versionProvider = VersionText.class,
    description = {
      "Takes dead letters out for good, without doing anything about them.",
      "",
      "Nothing of the data is lost with them: the next run of a table brings what a failed one did"
          + " not.",
      ""
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:the letters are gone, or there were none",
      "1:one of the ids is unknown, and no letter was dropped; or Pub/Sub does not answer",
      "2:the command line is wrong; nothing was dropped"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  deltaferry dead-letters drop 14087 14091",
      "  deltaferry dead-letters drop --all --yes"
    })
final class DeadLettersDropCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it before call
  private CommandSpec spec;

  @Mixin private final DeploymentOptions deployment = new DeploymentOptions();

  @Mixin private final LetterChoice choice = new LetterChoice();

  @Option(names = "--yes", description = "Yes, really all of them: --all needs it.")
  private boolean yes;

  @Option(names = "--json", description = "One JSON object a letter.")
  private boolean json;

  @Override
  public Integer call() throws InterruptedException {
    choice.check(spec.commandLine(), false, "ID..., or --all");
    if (choice.isAll() && !yes) {
      throw new ParameterException(spec.commandLine(), "--all drops every letter: add --yes");
    }
    return InterruptOnSignal.during(this::drop);
  }

  private int drop() {
    PrintWriter out = spec.commandLine().getOut();
    try (DeadLetters letters = new DeadLetters(deployment.find(), Clock.systemUTC())) {
      List<DeadLetter> chosen = choice.of(letters);
      letters.drop(chosen);
      for (DeadLetter letter : chosen) {
        out.println(
            json
                ? DeadLetterReport.jsonOfDropped(letter)
                : DeadLetterReport.done(letter, "dropped"));
      }
      if (chosen.isEmpty() && !json) {
        out.println("No dead letters.");
      }
    }
    out.flush();
    return ExitCode.OK;
  }
}
