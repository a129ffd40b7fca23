package io.deltaferry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the runbook tells people to look at is there to be seen. */
@ExtendWith(SharedStack.class)
class RunbookIT {
  /** They change things that belong to other tests. */
  private static final Set<String> CHANGING = Set.of("replay", "drop");

  @Test
  void everyCommandThatLooksWorks(SharedStack.Running stack) {
    stack.run("sync", "orders");
    Set<String> commands =
        ShellPage.read("docs/runbook.md").commandsOf("./deltaferry").stream()
            .map(RunbookIT::here)
            .collect(Collectors.toSet());
    for (String command : commands) {
      List<String> words = ShellPage.words(command);
      if (words.stream().noneMatch(CHANGING::contains)) {
        CommandRun run = stack.run(words.subList(1, words.size()).toArray(String[]::new));
        assertThat(run.exit()).as("%s: %s", command, run.err()).isEqualTo(ExitCode.OK);
      }
    }
  }

  /** The page's datasets, as this stack has them. */
  private static String here(String command) {
    return command.replace(" shop_control.", " control.").replace(" shop.", " target.");
  }
}
