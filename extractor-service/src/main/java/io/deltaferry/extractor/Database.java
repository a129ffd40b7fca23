package io.deltaferry.extractor;

import io.deltaferry.plan.CtidRanges;
import io.deltaferry.plan.KeysetRanges;
import io.deltaferry.plan.RunPlan;
import io.deltaferry.postgres.PostgresSession;
import io.deltaferry.postgres.PostgresSource;
import io.deltaferry.postgres.SliceReader;
import io.deltaferry.postgres.SourceTurns;
import io.deltaferry.run.Slice;
import io.deltaferry.sql.PgTable;
import io.deltaferry.sql.RowOrder;
import io.deltaferry.sql.SliceRows;
import io.deltaferry.sql.SlicingQuery;
import io.deltaferry.table.TableConfig;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The source as PostgreSQL serves it: a session for each task. */
final class Database implements Source {
  /** Catalog queries are small; one that takes longer meets a lock. */
  private static final Duration CATALOG_TIMEOUT = Duration.ofSeconds(60);

  private final PostgresSource source;
  private final SourceTurns turns;

  /**
   * Takes the source.
   *
   * @param turns bound how many sessions read rows at a time
   */
  Database(PostgresSource source, SourceTurns turns) {
    this.source = source;
    this.turns = turns;
  }

  @Override
  public Planning planning(TableConfig table) {
    return new DatabasePlanning(table, source.open(CATALOG_TIMEOUT));
  }

  @Override
  public Reading reading(String work, Duration patience, Duration timeout) {
    return new DatabaseReading(turns.open(work, patience, timeout));
  }

  @Override
  public Optional<List<SliceRows>> halves(RunPlan plan, Slice slice, Duration budget) {
    try (PostgresSession session = source.open(budget)) {
      SliceReader reader = new SliceReader(session);
      if (slice.rows() instanceof SliceRows.CtidRange range) {
        PgTable leaf = PgTable.of(range.schema(), range.table());
        return CtidRanges.halves(range, reader.blocks(leaf));
      }
      RowOrder order = Objects.requireNonNull(plan.slicing().order());
      session.beginSnapshot(null);
      return reader
          .middle(new SlicingQuery(plan.query(slice, 0), order))
          .flatMap(middle -> KeysetRanges.halves(slice.rows(), middle));
    }
  }
}
