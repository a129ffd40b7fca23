package io.deltaferry.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command without a subcommand: says what there is. */
@Command(
    name = "deltaferry",
    mixinStandardHelpOptions = true,
    versionProvider = VersionText.class,
    synopsisSubcommandLabel = "COMMAND",
    description = {
      "Keeps BigQuery tables equal to PostgreSQL and AlloyDB tables, one delta at a time.",
      ""
    },
    subcommands = {
      DemoCommand.class,
      LocalCommand.class,
      SyncCommand.class,
      BackfillCommand.class,
      StatusCommand.class,
      DeadLettersCommand.class,
      DoctorCommand.class,
      DiscoverCommand.class,
      ImportManifestCommand.class,
      DdlCommand.class,
      PlanCommand.class,
      QueryCommand.class
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done; with demo and sync: every table is up to date and equal",
      "1:something failed; the last line on stderr says what and where",
      "2:the command line is wrong; nothing was done"
    },
    footerHeading = "%nStart here:%n",
    footer = {
      "  deltaferry demo                   see it work on this machine, no account needed",
      "  deltaferry local --help           the same against your own PostgreSQL",
      "  deltaferry COMMAND --help         options and examples of a command"
    })
final class DeltaferryCommand implements Runnable {
  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it before run
  private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "which command?");
  }
}
