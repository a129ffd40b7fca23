package io.deltaferry.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code deltaferry dead-letters} without a subcommand: says what there is. */
@Command(
    name = "dead-letters",
    mixinStandardHelpOptions = true,
    versionProvider = VersionText.class,
    synopsisSubcommandLabel = "COMMAND",
    description = {
      "Shows what was given up, and asks for it again.",
      "",
      "A dead letter is an event that can never succeed as things are, or that has failed as often as"
          + " it was delivered. Its run has ended as failed, and the next request for the table starts"
          + " afresh: nothing blocks, and rows that a letter stood for come with the next run. Mend what"
          + " the reason says, then replay the letter, or drop it.",
      ""
    },
    subcommands = {
      DeadLettersListCommand.class,
      DeadLettersShowCommand.class,
      DeadLettersReplayCommand.class,
      DeadLettersDropCommand.class
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  deltaferry dead-letters list",
      "  deltaferry dead-letters replay --table orders --wait",
      "  deltaferry dead-letters list --data-dir DIR           a stack that runs elsewhere",
      "  deltaferry dead-letters COMMAND --help"
    })
final class DeadLettersCommand implements Runnable {
  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it before run
  private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "list, show, replay or drop?");
  }
}
