package io.deltaferry.copy;

import io.deltaferry.error.DeltaferryException;
import io.deltaferry.error.ErrorCode;
import io.deltaferry.postgres.CopyRows;
import io.deltaferry.postgres.PostgresSession;
import io.deltaferry.sql.CopyStatement;
import io.deltaferry.sql.DeltaQuery;
import java.io.IOException;
import java.io.Serial;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Carries the rows of one delta from PostgreSQL to parts, in the session's snapshot. */
public final class CopyExtraction {
  private final PostgresSession session;
  private final CopySettings settings;
  private final StopSignal stop;

  /**
   * Takes a session whose snapshot has begun, and uses it alone until {@link #run} returns.
   *
   * @param stop what may end the extraction early, beside its budget
   * @throws IllegalArgumentException when the session has no snapshot
   */
  public CopyExtraction(PostgresSession session, CopySettings settings, StopSignal stop) {
    if (!session.inSnapshot()) {
      throw new IllegalArgumentException("an extraction reads in a snapshot");
    }
    this.session = session;
    this.settings = settings;
    this.stop = stop;
  }

  /**
   * Reads the delta. On any failure the open part is aborted; parts that were full before stay,
   * named by nobody.
   *
   * @throws DeltaferryException SOURCE_* as {@link io.deltaferry.postgres.SourceFailures} decides,
   *     or for the time budget; the reason to stop; VALUE_REFUSED naming columns and counts;
   *     COUNTS_DIFFER; what the sink threw, an IOException as STAGING_UNAVAILABLE
   */
  public CopyResult run(DeltaQuery query, PartSink sink) {
    // It covers the start too: the server sends nothing before the first 8 KiB of rows.
    try (TimeBudget budget = new TimeBudget(settings.budget(), stop)) {
      stop.handTo(reason -> session.cancel());
      budget.start();
      try {
        return copy(query, sink);
      } catch (ValueRefused refused) {
        throw refused(query);
      } catch (DeltaferryException e) {
        throw stop.reason().orElse(e);
      }
    } finally {
      stop.release();
    }
  }

  private CopyResult copy(DeltaQuery query, PartSink sink) throws ValueRefused {
    stop.throwIfAny();
    String what = "reading " + query.source().describe();
    Optional<String> high = query.high().flatMap(sql -> session.text(sql, what));
    if (!query.failing().isEmpty()) {
      // The snapshot must outlive a COPY that is cancelled for a value.
      session.savepoint();
    }
    CopyStatement statement = query.copy();
    MarkCounter marks = new MarkCounter(statement.marks());
    try (CopyRows rows = session.copy(statement.sql(), what)) {
      byte[] header = header(rows, marks);
      PartsWriter parts = new PartsWriter(sink, settings.partBytes(), header);
      // A copy of everything is never compared with an earlier one, and need not pay for it.
      RowDigest digest = query.isComparable() ? new RowDigest(header) : null;
      try (CopyPipeline pipeline =
          new CopyPipeline(parts, settings.compressors(), session::cancel)) {
        stop.handTo(pipeline::fail);
        return stream(rows, new RowWork(marks, digest), pipeline, high.orElse(null));
      }
    }
  }

  private static byte[] header(CopyRows rows, MarkCounter marks) {
    byte[] header = rows.next();
    if (header == null) {
      throw new DeltaferryException(
          ErrorCode.SOURCE_UNAVAILABLE, "COPY ended before its header; it is tried again");
    }
    return Arrays.copyOf(header, marks.stripHeader(header));
  }

  private static CopyResult stream(
      CopyRows rows, RowWork work, CopyPipeline pipeline, @Nullable String high)
      throws ValueRefused {
    try {
      long received = read(rows, work, pipeline);
      requireEqual(rows.tag(), received, "rows by COPY's tag, received");
      PartsWriter parts = pipeline.finish();
      long staged = parts.receipts().stream().mapToLong(PartReceipt::rows).sum();
      requireEqual(received, staged, "rows received, staged");
      return new CopyResult(
          received,
          parts.receipts(),
          parts.uncompressedBytes(),
          high,
          work.marks().nullCursors(),
          work.marks().overlap(),
          work.marks().losses(),
          work.digest() == null ? null : work.digest().text());
    } catch (PipelineFailure e) {
      throw failure(e.reason());
    } catch (DeltaferryException e) {
      Throwable reason = pipeline.failure();
      // When there is one, the cancelled COPY is only what we did about it.
      throw reason == null ? e : failure(reason);
    }
  }

  private static long read(CopyRows rows, RowWork work, CopyPipeline pipeline)
      throws PipelineFailure, ValueRefused {
    long count = 0;
    Block block = pipeline.take();
    for (byte[] row = rows.next(); row != null; row = rows.next()) {
      int length = work.take(row);
      if (work.marks().hasRefused()) {
        throw new ValueRefused();
      }
      if (!block.takes(length)) {
        pipeline.put(block);
        block = pipeline.take();
      }
      block.add(row, length);
      count++;
    }
    if (!block.isEmpty()) {
      pipeline.put(block);
    }
    return count;
  }

  private DeltaferryException refused(DeltaQuery query) {
    session.rollbackToSavepoint();
    List<@Nullable String> counts =
        session.row(
            query.refusedCounts().orElseThrow(),
            "counting the refused values of " + query.source().describe());
    List<String> found = new ArrayList<>();
    for (int i = 0; i < counts.size(); i++) {
      if (!"0".equals(counts.get(i))) {
        found.add("\"%s\" has %s".formatted(query.failing().get(i), counts.get(i)));
      }
    }
    return new DeltaferryException(
        ErrorCode.VALUE_REFUSED,
        "refused values in %s: column %s. BigQuery cannot hold them, or they are NULL in a key."
                .formatted(query.source().describe(), String.join(", column ", found))
            + " Correct the rows, or give a column that is no key another conversion in the table"
            + " file: null, string, or (for dates and times) clamp");
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

  /** What is done with each row on its way. */
  private record RowWork(MarkCounter marks, @Nullable RowDigest digest) {
    /** The row's length as it is staged. */
    int take(byte[] row) {
      int length = marks.strip(row);
      if (digest != null) {
        digest.add(row, length);
      }
      return length;
    }
  }

  /** A row holds a value whose policy is to fail. */
  private static final class ValueRefused extends Exception {
    @Serial private static final long serialVersionUID = 1L;
  }
}
