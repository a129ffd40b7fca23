package io.deltaferry.cli;

import io.deltaferry.cli.deadletter.DeadLetter;
import io.deltaferry.cli.deadletter.DeadLetterReport;
import io.deltaferry.cli.deadletter.DeadLetters;
import io.deltaferry.cli.deadletter.Replay;
import io.deltaferry.cli.endpoint.Deployment;
import io.deltaferry.cli.sync.SyncTables;
import io.deltaferry.cli.sync.TableProgress;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code deltaferry dead-letters replay}. */
@Command(
    name = "replay",
    mixinStandardHelpOptions = true,
    versionProvider = VersionText.class,
    description = {
      "Asks again for what dead letters stand for, and takes them out.",
      "",
      "A run that was left without an end goes on. A run that has failed, or a request that never"
          + " had one, is asked for again under an id of the letter's own, so that replaying a letter"
          + " twice is one run. What is up to date since then needs nothing. What no service can"
          + " understand stays where it is.",
      ""
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:all of it is asked for, or there was nothing; with --wait: and is up to date",
      "1:a letter cannot be replayed, or an id is unknown; with --wait: or a table failed",
      "2:the command line is wrong; nothing was published"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  deltaferry dead-letters replay 14087",
      "  deltaferry dead-letters replay --table orders --wait",
      "  deltaferry dead-letters replay --all --json"
    })
final class DeadLettersReplayCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it before call
  private CommandSpec spec;

  @Mixin private final DeploymentOptions deployment = new DeploymentOptions();

  @Mixin private final LetterChoice choice = new LetterChoice();

  @Option(names = "--table", paramLabel = "TABLE", description = "All letters about this table.")
  private @Nullable String table;

  @Option(names = "--wait", description = "Follow what was asked for to its end, as sync does.")
  private boolean wait;

  @Option(
      names = "--timeout",
      paramLabel = "DURATION",
      defaultValue = "1h",
      converter = DurationOption.class,
      description = "How long to wait, such as 90s, 15m, 2h. Default: 1h.")
  @SuppressWarnings("NullAway.Init") // picocli sets it before call
  private Duration timeout;

  @Option(
      names = "--json",
      description =
          "One JSON object a letter; with --wait then one a request, as sync prints them.")
  private boolean json;

  @Override
  public Integer call() throws InterruptedException {
    choice.check(spec.commandLine(), table != null, "ID..., --table TABLE, or --all");
    return InterruptOnSignal.during(this::replay);
  }

  private int replay() throws InterruptedException {
    Deployment found = deployment.find();
    try (DeadLetters letters = new DeadLetters(found, Clock.systemUTC())) {
      Map<DeadLetter, Replay> plans = new LinkedHashMap<>();
      choice.of(letters).stream()
          .filter(letter -> table == null || table.equals(letter.table()))
          .forEach(letter -> plans.put(letter, letters.plan(letter)));
      boolean follows = wait && plans.values().stream().anyMatch(Replay.Publish.class::isInstance);
      int followed = follows ? follow(found, letters, plans) : once(letters, plans);
      boolean refused = plans.values().stream().anyMatch(Replay.Refused.class::isInstance);
      return refused ? ExitCode.FAILED : followed;
    }
  }

  private int once(DeadLetters letters, Map<DeadLetter, Replay> plans) {
    boolean underWay = !publish(letters, plans).isEmpty();
    if (!json) {
      PrintWriter out = spec.commandLine().getOut();
      if (plans.isEmpty()) {
        out.println("No dead letters" + (table == null ? "." : " of table " + table + "."));
      } else if (underWay) {
        out.println("`deltaferry status` shows what becomes of it.");
      }
      out.flush();
    }
    return ExitCode.OK;
  }

  private int follow(Deployment found, DeadLetters letters, Map<DeadLetter, Replay> plans)
      throws InterruptedException {
    FollowView view =
        new FollowView(spec.commandLine().getOut(), spec.commandLine().getErr(), json);
    return view.report(
        new SyncTables(found.clients(), found.tables(), found.logs(), Clock.systemUTC())
            .follow(() -> publish(letters, plans), timeout, view.progress()::show));
  }

  private List<TableProgress> publish(DeadLetters letters, Map<DeadLetter, Replay> plans) {
    List<TableProgress> underWay = letters.replay(plans, this::print);
    spec.commandLine().getOut().flush();
    spec.commandLine().getErr().flush();
    return underWay;
  }

  private void print(DeadLetter letter, Replay plan) {
    if (json) {
      spec.commandLine().getOut().println(DeadLetterReport.json(letter, plan));
    } else if (!(plan instanceof Replay.Refused)) {
      spec.commandLine().getOut().println(DeadLetterReport.done(letter, plan.what()));
    }
    if (plan instanceof Replay.Refused) {
      spec.commandLine()
          .getErr()
          .println("deltaferry: " + DeadLetterReport.done(letter, plan.what()));
    }
  }
}
