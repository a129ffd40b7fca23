package io.deltaferry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What the command lines accept, refuse and explain. */
class ArgumentsTest {
  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it first
  private Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"demo", "local", "sync", "status", "query"})
  void everyCommandExplainsItselfWithExamplesAndItsOptions(String command) {
    CommandRun help = CommandRun.of(command, "--help");
    assertThat(help.exit()).isZero();
    assertThat(help.out())
        .contains("Usage: deltaferry " + command, "Examples:", "deltaferry " + command)
        .contains("--data-dir");
  }

  @Test
  void theCommandItselfListsTheOthers() {
    assertThat(CommandRun.of("--help").out())
        .contains("demo", "local", "sync", "status", "query", "Exit codes:");
  }

  @Test
  void everyOptionIsDescribed() {
    for (CommandLine command : Main.commandLine().getSubcommands().values()) {
      assertThat(command.getCommandSpec().options())
          .allSatisfy(option -> assertThat(option.description()).isNotEmpty());
    }
  }

  @Test
  void noCommandIsAUsageError() {
    CommandRun nothing = CommandRun.of();
    assertThat(nothing.exit()).isEqualTo(ExitCode.USAGE);
    assertThat(nothing.err()).contains("which command?");
  }

  @Test
  void modesThatDoNotWorkYetAreNamed() {
    assertThat(CommandRun.of("sync", "--mode", "replace").err())
        .contains("--mode", "'replace' does not work yet; use incremental");
    assertThat(CommandRun.of("sync", "--mode", "fast").err()).contains("'fast' is no mode");
    assertThat(CommandRun.of("sync", "--mode", "fast").exit()).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void timeoutsAreReadAsInTheTableFile() {
    CommandRun sync = CommandRun.of("sync", "--timeout", "soon");
    assertThat(sync.exit()).isEqualTo(ExitCode.USAGE);
    assertThat(sync.err()).contains("--timeout", "'soon' is not a duration; write 90s");
  }

  @ParameterizedTest
  @ValueSource(strings = {"sync", "status"})
  void withoutAStackEveryWayToNameOneIsSaid(String command) {
    CommandRun run = CommandRun.of(command, "--data-dir", directory.toString());
    assertThat(run.exit()).isEqualTo(ExitCode.FAILED);
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .startsWith("deltaferry: no local stack runs on " + directory)
        .contains("--data-dir", "deltaferry local", "--tables FILE");
  }

  @Test
  void moreFlightsThanCarriedAreAUsageError() {
    assertThat(CommandRun.of("demo", "--flights", "9000000").exit()).isEqualTo(ExitCode.USAGE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"demo", "local --source postgresql://x/y --tables none.yaml"})
  void portsThatAreNoneAreAUsageError(String command) {
    CommandRun high = CommandRun.of((command + " --ports-from 70000").split(" ", -1));
    assertThat(high.exit()).isEqualTo(ExitCode.USAGE);
    assertThat(high.err()).contains("--ports-from", "must be in 1..65529, but is 70000");
    CommandRun word = CommandRun.of((command + " --ports-from http").split(" ", -1));
    assertThat(word.exit()).isEqualTo(ExitCode.USAGE);
    assertThat(word.err()).contains("--ports-from", "'http' is not a port");
  }
}
