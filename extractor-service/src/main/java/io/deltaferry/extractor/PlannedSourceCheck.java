package io.deltaferry.extractor;

import io.deltaferry.error.DeltaferryException;
import io.deltaferry.error.ErrorCode;
import io.deltaferry.plan.RunPlan;
import io.deltaferry.postgres.CatalogReader;
import io.deltaferry.postgres.LogReader;
import io.deltaferry.postgres.PostgresSession;
import io.deltaferry.postgres.SourceFiles;
import io.deltaferry.sql.LogReading;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Holds a source to the one that a run was planned for. */
final class PlannedSourceCheck {
  private final RunPlan plan;
  private final PostgresSession session;

  PlannedSourceCheck(RunPlan plan, PostgresSession session) {
    this.plan = plan;
    this.session = session;
  }

  /**
   * Its columns are those of the plan.
   *
   * @throws DeltaferryException SOURCE_CHANGED
   */
  void requireColumns() {
    String now = new CatalogReader(session).describe(plan.source().deltaSource()).fingerprint();
    if (!now.equals(plan.fingerprint())) {
      throw changed("the columns of %s changed");
    }
  }

  /**
   * Its rows lie in the files of the plan; to be asked after the COPY once more, since not every
   * source can be locked. In new files an older snapshot sees nothing, and slices of several
   * snapshots would miss what moved.
   *
   * @throws DeltaferryException SOURCE_CHANGED
   */
  void requireFiles() {
    if (!new SourceFiles(session).now(plan.sourceFiles().keySet()).equals(plan.sourceFiles())) {
      String what = plan.query().isTold() ? "%s or its log" : "%s";
      throw changed(what + " was truncated, rewritten or lost a partition");
    }
  }

  /**
   * The log has the entries that it had: those that were taken out since would go unread.
   *
   * @throws DeltaferryException SOURCE_CHANGED
   */
  void requireEntries() {
    LogReading log = plan.source().log();
    String low = plan.low().low();
    if (log == null || low == null) {
      return;
    }
    String oldest = new LogReader(session).oldest(log);
    boolean wasEmpty = Objects.equals(log.oldest(), next(log.floor()));
    long from = oldest == null ? Long.MAX_VALUE : Long.parseLong(oldest);
    boolean kept =
        from <= Long.parseLong(low)
            || (log.oldest() != null && from <= Long.parseLong(log.oldest()))
            || (oldest == null && wasEmpty);
    if (!kept) {
      throw changed("entries of the log of %s were taken out");
    }
  }

  private static @Nullable String next(@Nullable String number) {
    return number == null ? null : Long.toString(Long.parseLong(number) + 1);
  }

  private DeltaferryException changed(String what) {
    return new DeltaferryException(
        ErrorCode.SOURCE_CHANGED,
        what.formatted(plan.source().deltaSource().describe())
            + " after run "
            + plan.run()
            + " was planned; nothing was staged. Ask for the table again: the next run plans anew");
  }
}
