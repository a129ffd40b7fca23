package io.deltaferry.cli;

import io.deltaferry.cli.deadletter.DeadLetter;
import io.deltaferry.cli.deadletter.DeadLetters;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** Which dead letters a command is about: some by their ids, or all. */
final class LetterChoice {
  @Parameters(paramLabel = "ID", arity = "0..*", description = "Ids of letters, from the list.")
  private List<String> ids = List.of();

  @Option(names = "--all", description = "All letters that nobody else is looking at.")
  private boolean all;

  boolean isAll() {
    return all;
  }

  /**
   * Makes sure that exactly one way to choose was used.
   *
   * @param another whether the command's own way was used
   * @param ways all of them, for a message
   */
  void check(CommandLine command, boolean another, String ways) {
    int used = (ids.isEmpty() ? 0 : 1) + (all ? 1 : 0) + (another ? 1 : 0);
    if (used != 1) {
      throw new ParameterException(command, "say which letters: " + ways);
    }
  }

  /** The letters with the ids, or all without any. */
  List<DeadLetter> of(DeadLetters letters) {
    return ids.isEmpty() ? letters.all() : letters.named(ids);
  }
}
