package io.deltaferry.copy;

import io.deltaferry.error.DeltaferryException;
import io.deltaferry.error.ErrorCode;
import io.deltaferry.postgres.PostgresSession;
import io.deltaferry.postgres.SourceFailures;
import io.deltaferry.sql.CopyStatement;
import io.deltaferry.sql.DeltaQuery;
import java.io.IOException;
import java.io.Serial;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postgresql.copy.CopyManager;
import org.postgresql.copy.CopyOut;
import org.postgresql.core.BaseConnection;

/** Carries the rows of one delta from PostgreSQL to parts, in the session's snapshot. */
public final class CopyExtraction {
  /** Only needed where a value can be refused: the snapshot must outlive the cancelled COPY. */
  private static final String SAVEPOINT = "df_copy";

  private final PostgresSession session;
  private final CopySettings settings;

  /** Takes a session whose snapshot has begun, and uses it alone until {@link #run} returns. */
  public CopyExtraction(PostgresSession session, CopySettings settings) {
    if (!session.inSnapshot()) {
      throw new IllegalArgumentException("an extraction reads in a snapshot");
    }
    this.session = session;
    this.settings = settings;
  }

  /**
   * Reads the delta. On any failure the open part is aborted; parts that were full before stay,
   * named by nobody.
   *
   * @throws DeltaferryException SOURCE_* as {@link SourceFailures} decides, or for the time budget;
   *     VALUE_REFUSED naming columns and counts; COUNTS_DIFFER; what the sink threw, an IOException
   *     as STAGING_UNAVAILABLE
   */
  public CopyResult run(DeltaQuery query, PartSink sink) {
    String what = "reading " + query.source().describe();
    // It covers the start too: the server sends nothing before the first 8 KiB of rows.
    try (TimeBudget budget = new TimeBudget(settings.budget(), expired -> session.cancel())) {
      try {
        return copy(query, sink, budget);
      } catch (ValueRefused refused) {
        throw refused(query);
      } catch (SQLException e) {
        throw budget.expired().orElseGet(() -> SourceFailures.translate(e, what));
      }
    }
  }

  private CopyResult copy(DeltaQuery query, PartSink sink, TimeBudget budget)
      throws SQLException, ValueRefused {
    Optional<String> high = query.high().isPresent() ? high(query.high().get()) : Optional.empty();
    if (!query.failing().isEmpty()) {
      session.execute("SAVEPOINT " + SAVEPOINT);
    }
    CopyStatement statement = query.copy();
    MarkCounter marks = new MarkCounter(statement.marks());
    CopyOut copy =
        new CopyManager(session.connection().unwrap(BaseConnection.class)).copyOut(statement.sql());
    try (CopyPipeline pipeline =
        new CopyPipeline(
            new PartsWriter(sink, settings.partBytes(), header(copy, marks)),
            settings.compressors(),
            session::cancel)) {
      budget.handTo(pipeline::fail);
      return stream(copy, marks, pipeline, high.orElse(null));
    } finally {
      end(copy);
    }
  }

  private Optional<String> high(String sql) throws SQLException {
    try (Statement statement = session.connection().createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      return row.next() ? Optional.ofNullable(row.getString(1)) : Optional.empty();
    }
  }

  private static byte[] header(CopyOut copy, MarkCounter marks) throws SQLException {
    byte[] header = copy.readFromCopy();
    if (header == null) {
      throw new SQLException("COPY ended before its header", "08P01");
    }
    return Arrays.copyOf(header, marks.stripHeader(header));
  }

  private static CopyResult stream(
      CopyOut copy, MarkCounter marks, CopyPipeline pipeline, @Nullable String high)
      throws SQLException, ValueRefused {
    try {
      long rows = read(copy, marks, pipeline);
      requireEqual(copy.getHandledRowCount(), rows, "rows by COPY's tag, received");
      PartsWriter parts = pipeline.finish();
      long staged = parts.receipts().stream().mapToLong(PartReceipt::rows).sum();
      requireEqual(rows, staged, "rows received, staged");
      return new CopyResult(
          rows,
          parts.receipts(),
          parts.uncompressedBytes(),
          high,
          marks.nullCursors(),
          marks.losses());
    } catch (PipelineFailure e) {
      throw failure(e.reason());
    } catch (SQLException e) {
      Throwable reason = pipeline.failure();
      if (reason != null) {
        // The cancelled COPY is only what we did about it.
        throw failure(reason);
      }
      throw e;
    }
  }

  private static long read(CopyOut copy, MarkCounter marks, CopyPipeline pipeline)
      throws SQLException, PipelineFailure, ValueRefused {
    long rows = 0;
    Block block = pipeline.take();
    for (byte[] row = copy.readFromCopy(); row != null; row = copy.readFromCopy()) {
      int length = marks.strip(row);
      if (marks.hasRefused()) {
        throw new ValueRefused();
      }
      if (!block.takes(length)) {
        pipeline.put(block);
        block = pipeline.take();
      }
      block.add(row, length);
      rows++;
    }
    if (!block.isEmpty()) {
      pipeline.put(block);
    }
    return rows;
  }

  private DeltaferryException refused(DeltaQuery query) {
    String what = "counting the refused values of " + query.source().describe();
    try {
      session.execute("ROLLBACK TO SAVEPOINT " + SAVEPOINT);
    } catch (SQLException e) {
      return SourceFailures.translate(e, what);
    }
    List<@Nullable String> counts = session.row(query.refusedCounts().orElseThrow(), what);
    List<String> found = new ArrayList<>();
    for (int i = 0; i < counts.size(); i++) {
      if (!"0".equals(counts.get(i))) {
        found.add("\"%s\" has %s".formatted(query.failing().get(i), counts.get(i)));
      }
    }
    return new DeltaferryException(
        ErrorCode.VALUE_REFUSED,
        "values that BigQuery cannot hold in %s: column %s. Correct the rows, or give the column"
                .formatted(query.source().describe(), String.join(", column ", found))
            + " another conversion in the table file: null, string, or (for dates and times) clamp");
  }

  private static DeltaferryException failure(Throwable reason) {
    if (reason instanceof DeltaferryException known) {
      return known;
    }
    if (reason instanceof IOException) {
      return new DeltaferryException(
          ErrorCode.STAGING_UNAVAILABLE,
          "writing a part failed; nothing of it is visible, and it is tried again",
          reason);
    }
    return new DeltaferryException(
        ErrorCode.INTERNAL, "the extraction stopped: " + reason.getClass().getSimpleName(), reason);
  }

  private static void requireEqual(long expected, long actual, String what) {
    if (expected != actual) {
      throw new DeltaferryException(
          ErrorCode.COUNTS_DIFFER,
          "%s: %d and %d; nothing is staged".formatted(what, expected, actual));
    }
  }

  /**
   * Ends a COPY that is still running, and reads its answer to the end; the driver's own
   * cancelCopy() leaves the end of a COPY unread that completes meanwhile, and the next statement
   * takes it for its result.
   */
  private void end(CopyOut copy) {
    if (!copy.isActive()) {
      return;
    }
    session.cancel();
    try {
      byte[] row = copy.readFromCopy();
      while (row != null) {
        row = copy.readFromCopy();
      }
    } catch (SQLException expected) {
      // That it was cancelled.
      return;
    }
  }

  /** A row holds a value whose policy is to fail. */
  private static final class ValueRefused extends Exception {
    @Serial private static final long serialVersionUID = 1L;
  }
}
