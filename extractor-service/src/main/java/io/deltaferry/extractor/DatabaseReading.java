package io.deltaferry.extractor;

import io.deltaferry.copy.CopyExtraction;
import io.deltaferry.copy.CopyResult;
import io.deltaferry.copy.CopySettings;
import io.deltaferry.copy.PartSink;
import io.deltaferry.plan.PlannedDeletion;
import io.deltaferry.plan.RunPlan;
import io.deltaferry.postgres.BoundReader;
import io.deltaferry.postgres.PostgresSession;
import io.deltaferry.run.Slice;
import io.deltaferry.sql.DeltaSource;
import io.deltaferry.sql.LogReading;
import io.deltaferry.sql.PgTable;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** One session that copies from the source for which the run was planned, or refuses. */
final class DatabaseReading implements Source.Reading {
  private final PostgresSession session;

  DatabaseReading(PostgresSession session) {
    this.session = session;
  }

  @Override
  public CopyResult copy(RunPlan plan, Slice slice, Source.Limit limit, PartSink sink) {
    DeltaSource source = plan.source().deltaSource();
    PlannedDeletion deletion = plan.shape().deletion();
    if (deletion != null) {
      // Where replicas share an address, this need not be the one that was planned by.
      PlanReconcile.requireShown(
          plan.table(), new BoundReader(session).read(), deletion.shownFrom());
    }
    session.beginSnapshotOf(locked(plan, source));
    PlannedSourceCheck planned = new PlannedSourceCheck(plan, session);
    planned.requireColumns();
    planned.requireFiles();
    planned.requireEntries();
    long snapshot = plan.slicing().isWhole(slice) ? 0 : session.snapshotNumber();
    CopyResult result =
        new CopyExtraction(session, settings(plan, limit.time()), limit.stop())
            .run(plan.query(slice, snapshot), sink);
    planned.requireFiles();
    return result;
  }

  private static List<PgTable> locked(RunPlan plan, DeltaSource source) {
    LogReading log = plan.source().log();
    return Stream.concat(
            source instanceof PgTable table ? Stream.of(table) : Stream.empty(),
            plan.query().isTold() && log != null ? Stream.of(log.table()) : Stream.empty())
        .toList();
  }

  private static CopySettings settings(RunPlan plan, Duration budget) {
    int threads = Math.max(1, Math.min(4, Runtime.getRuntime().availableProcessors()));
    return new CopySettings(plan.partBytes(), threads, budget);
  }

  @Override
  public void close() {
    session.close();
  }
}
