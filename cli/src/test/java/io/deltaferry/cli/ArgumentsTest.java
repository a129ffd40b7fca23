package io.deltaferry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What the command lines accept, refuse and explain. */
class ArgumentsTest {
  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it first
  private Path directory;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "demo",
        "local",
        "sync",
        "status",
        "doctor",
        "dead-letters",
        "query",
        "ddl",
        "plan"
      })
  void everyCommandExplainsItselfWithExamplesAndItsOptions(String command) {
    CommandRun help = CommandRun.of(command, "--help");
    assertThat(help.exit()).isZero();
    assertThat(help.out())
        .contains("Usage: deltaferry " + command, "Examples:", "deltaferry " + command)
        .contains("--data-dir");
  }

  @ParameterizedTest
  @ValueSource(strings = {"discover", "import-manifest"})
  void everyCommandThatDraftsATableFileExplainsItself(String command) {
    CommandRun help = CommandRun.of(command, "--help");
    assertThat(help.exit()).isZero();
    assertThat(help.out())
        .contains("Usage: deltaferry " + command, "Examples:", "Exit codes:")
        .contains("--output", "--source");
  }

  @Test
  void theCommandItselfListsTheOthers() {
    assertThat(CommandRun.of("--help").out())
        .contains(
            "demo", "local", "sync", "status", "doctor", "dead-letters", "query", "Exit codes:");
  }

  @Test
  void everyOptionIsDescribed() {
    assertOptionsAreDescribed(Main.commandLine());
  }

  private static void assertOptionsAreDescribed(CommandLine command) {
    assertThat(command.getCommandSpec().options())
        .allSatisfy(option -> assertThat(option.description()).isNotEmpty());
    command.getSubcommands().values().forEach(ArgumentsTest::assertOptionsAreDescribed);
  }

  @ParameterizedTest
  @ValueSource(strings = {"list", "show", "replay", "drop"})
  void everyCommandAboutDeadLettersExplainsItself(String command) {
    CommandRun help = CommandRun.of("dead-letters", command, "--help");
    assertThat(help.exit()).isZero();
    assertThat(help.out())
        .contains("Usage: deltaferry dead-letters " + command, "Examples:", "Exit codes:")
        .contains("--data-dir", "--json");
  }

  @ParameterizedTest
  @CsvSource({
    "dead-letters, 'list, show, replay or drop?'",
    "dead-letters show, Missing required parameter: 'ID'",
    "dead-letters replay, 'say which letters: ID..., --table TABLE, or --all'",
    "dead-letters replay --all 7, 'say which letters: ID..., --table TABLE, or --all'",
    "dead-letters replay --table orders 7, 'say which letters: ID..., --table TABLE, or --all'",
    "dead-letters drop, 'say which letters: ID..., or --all'",
    "dead-letters drop --all, --all drops every letter: add --yes",
  })
  void nothingIsDoneWithoutSayingToWhichLetters(String command, String words) {
    CommandRun run = CommandRun.of(command.split(" ", -1));
    assertThat(run.exit()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).contains(words);
  }

  @Test
  void noCommandIsAUsageError() {
    CommandRun nothing = CommandRun.of();
    assertThat(nothing.exit()).isEqualTo(ExitCode.USAGE);
    assertThat(nothing.err()).contains("which command?");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--from 2026-01-01 --last 1d | not both",
        "--from 2026-01-01 --mode replace | only --mode window and --mode backfill have a window",
        "--max-deletes 5% | --max-deletes is for --mode reconcile",
        "--mode reconcile --max-deletes most | write 10% or 1000",
        "--last 0s | longer than nothing",
        "--last soon | 'soon' is not a duration",
        "--execution-date 2026-01-01T00:00:00Z | needs --last",
        "--last 1d --execution-date yesterday | --execution-date",
      })
  void windowsThatMeanNothingAreRefused(String options, String problem) {
    CommandRun sync = CommandRun.of(("sync orders " + options).split(" "));
    assertThat(sync.exit()).isEqualTo(ExitCode.USAGE);
    assertThat(sync.err()).contains(problem);
  }

  @ParameterizedTest
  @ValueSource(strings = {"--from 2026-01-01", "--to 2026-01-01", "--order oldest", "--json"})
  void whatChoosesPeriodsIsRefusedWhereABackfillIsStopped(String option) {
    CommandRun stop = CommandRun.of(("backfill orders --stop " + option).split(" "));
    assertThat(stop.exit()).isEqualTo(ExitCode.USAGE);
    assertThat(stop.err()).contains(option.split(" ", -1)[0] + " is for --dry-run");
  }

  @Test
  void whatIsNoModeIsAnsweredWithThoseThatAre() {
    assertThat(CommandRun.of("sync", "--mode", "log_based").err())
        .contains(
            "--mode",
            "'log_based' is no mode; use incremental, append, replace, window, reconcile, test,"
                + " backfill, change_log");
    assertThat(CommandRun.of("sync", "--mode", "fast").err()).contains("'fast' is no mode");
    assertThat(CommandRun.of("sync", "--mode", "fast").exit()).isEqualTo(ExitCode.USAGE);
    assertThat(CommandRun.of("sync", "--only", "fast").err()).contains("--only", "is no mode");
  }

  @Test
  void timeoutsAreReadAsInTheTableFile() {
    CommandRun sync = CommandRun.of("sync", "--timeout", "soon");
    assertThat(sync.exit()).isEqualTo(ExitCode.USAGE);
    assertThat(sync.err()).contains("--timeout", "'soon' is not a duration; write 90s");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"sync", "status", "doctor", "dead-letters list", "dead-letters replay --all"})
  void withoutAStackEveryWayToNameOneIsSaid(String command) {
    CommandRun run =
        CommandRun.of(
            Stream.concat(
                    Stream.of(command.split(" ", -1)),
                    Stream.of("--data-dir", directory.toString()))
                .toArray(String[]::new));
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
