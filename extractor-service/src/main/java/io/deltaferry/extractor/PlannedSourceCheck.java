package io.deltaferry.extractor;

import io.deltaferry.error.DeltaferryException;
import io.deltaferry.error.ErrorCode;
import io.deltaferry.plan.RunPlan;
import io.deltaferry.postgres.CatalogReader;
import io.deltaferry.postgres.PostgresSession;
import io.deltaferry.postgres.SourceFiles;

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
      throw changed("%s was truncated, rewritten or lost a partition");
    }
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
