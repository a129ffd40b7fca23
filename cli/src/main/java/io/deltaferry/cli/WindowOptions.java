package io.deltaferry.cli;

import io.deltaferry.cli.sync.AskedRun;
import io.deltaferry.message.BackfillOptions;
import io.deltaferry.message.RunOptions;
import io.deltaferry.table.MaxDeletes;
import io.deltaferry.table.PeriodOrder;
import io.deltaferry.table.SyncMode;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** Which rows are asked for, where it is not the tables' own affair. */
final class WindowOptions {
  @Spec(Target.MIXEE)
  @SuppressWarnings("NullAway.Init") // picocli sets it before call
  private CommandSpec command;

  @Option(
      names = "--from",
      paramLabel = "TIME",
      description =
          "Rows from there on: a date, a time, or a number, as the cursor has it. Means --mode"
              + " window, unless it is --mode backfill.")
  private @Nullable String from;

  @Option(
      names = "--to",
      paramLabel = "TIME",
      description = "Rows below that; the mode as with --from.")
  private @Nullable String to;

  @Option(
      names = "--last",
      paramLabel = "DURATION",
      converter = DurationOption.class,
      description = "Rows of the last while, such as 6h or 2d. Means --mode window.")
  private @Nullable Duration last;

  @Option(
      names = "--execution-date",
      paramLabel = "TIME",
      description = "Where --last ends, such as 2026-01-31T12:00:00Z. Default: now.")
  private @Nullable Instant executionDate;

  @Option(
      names = "--rows",
      paramLabel = "N",
      description = "With --mode test: how many rows are tried at most. Default: 1000000.")
  private @Nullable Long rows;

  @Option(
      names = "--order",
      paramLabel = "ORDER",
      converter = PeriodOrderText.class,
      description =
          "With --mode backfill: which periods are first, newest or oldest. Default: the table"
              + " file's.")
  private @Nullable PeriodOrder order;

  @Option(
      names = "--max-deletes",
      paramLabel = "MOST",
      converter = MaxDeletesText.class,
      description =
          "With --mode reconcile or change_log: how many rows it may delete, as in 50%% or 1000. Default: each"
              + " table's own.")
  private @Nullable MaxDeletes maxDeletes;

  /**
   * What is asked of each table.
   *
   * @param mode that was named, or null
   */
  AskedRun with(@Nullable SyncMode mode) {
    RunOptions options =
        new RunOptions(from, to, last, executionDate, rows, backfill(), maxDeletes);
    if (order != null && mode != SyncMode.BACKFILL) {
      throw wrong("--order is for --mode backfill");
    }
    if (rows != null && (mode != SyncMode.TEST || rows < 1)) {
      throw wrong("--rows is for --mode test, and at least 1");
    }
    if (maxDeletes != null && mode != SyncMode.RECONCILE && mode != SyncMode.CHANGE_LOG) {
      throw wrong("--max-deletes is for --mode reconcile and --mode change_log");
    }
    if (executionDate != null && last == null) {
      throw wrong("--execution-date needs --last: it is where that window ends");
    }
    if (last != null && (from != null || to != null)) {
      throw wrong("a window has --from and --to, or --last; not both");
    }
    if (last != null && last.isZero()) {
      throw wrong("--last must be longer than nothing, as in 6h or 2d");
    }
    if (!options.hasWindow() || mode == SyncMode.BACKFILL) {
      return new AskedRun(mode, options);
    }
    if (mode != null && mode != SyncMode.WINDOW) {
      throw wrong(
          "only --mode window and --mode backfill have a window; --mode %s reads other rows"
              .formatted(mode.word()));
    }
    return new AskedRun(SyncMode.WINDOW, options);
  }

  private @Nullable BackfillOptions backfill() {
    return order == null ? null : new BackfillOptions(order, null, false);
  }

  private ParameterException wrong(String message) {
    return new ParameterException(command.commandLine(), message);
  }
}
