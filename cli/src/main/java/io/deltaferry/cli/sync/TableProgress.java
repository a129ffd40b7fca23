package io.deltaferry.cli.sync;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One table's request and what has become of it; times are those of the buckets and messages.
 *
 * @param seq the run's number; 0 before there is a run
 * @param rows rows brought to the target; 0 before the end, and of a backfill those of its runs so
 *     far
 * @param requested when the request was published
 * @param planned when the plan was written, or null
 * @param staged when the manifest was written, or null
 * @param loaded when the loader told that the temp table is complete, or null
 * @param ended when the end was told, or null
 * @param error why it failed; before the end the trouble that a service met last, or null
 */
public record TableProgress(
    String table,
    String requestId,
    Stage stage,
    long seq,
    long rows,
    Instant requested,
    @Nullable Instant planned,
    @Nullable Instant staged,
    @Nullable Instant loaded,
    @Nullable Instant ended,
    @Nullable RunFailure error) {

  /** A request that was published now. */
  public static TableProgress requested(String table, String requestId, Instant now) {
    return new TableProgress(
        table, requestId, Stage.REQUESTED, 0, 0, now, null, null, null, null, null);
  }

  TableProgress planned(long run, Instant at) {
    return planned != null || stage.isEnd()
        ? this
        : new TableProgress(
            table,
            requestId,
            later(Stage.EXTRACTING),
            run,
            rows,
            requested,
            at,
            staged,
            loaded,
            ended,
            null);
  }

  TableProgress staged(Instant at) {
    return staged != null || stage.isEnd()
        ? this
        : new TableProgress(
            table,
            requestId,
            later(Stage.LOADING),
            seq,
            rows,
            requested,
            planned,
            at,
            loaded,
            ended,
            null);
  }

  TableProgress loaded(Instant at) {
    return loaded != null || stage.isEnd()
        ? this
        : new TableProgress(
            table,
            requestId,
            later(Stage.MERGING),
            seq,
            rows,
            requested,
            planned,
            staged,
            at,
            ended,
            null);
  }

  /** What a service said; forgotten when the run gets on. */
  TableProgress troubled(String said) {
    return stage.isEnd()
        ? this
        : new TableProgress(
            table,
            requestId,
            stage,
            seq,
            rows,
            requested,
            planned,
            staged,
            loaded,
            ended,
            new RunFailure(null, said));
  }

  /**
   * A run of a backfill has brought its rows, and a later one follows; told twice it counts once.
   */
  TableProgress went(long run, long merged) {
    return stage.isEnd() || run < seq
        ? this
        : new TableProgress(
            table,
            requestId,
            stage,
            run + 1,
            rows + merged,
            requested,
            planned,
            staged,
            loaded,
            ended,
            null);
  }

  TableProgress done(long run, long merged, Instant at) {
    return new TableProgress(
        table,
        requestId,
        Stage.DONE,
        run,
        rows + merged,
        requested,
        planned,
        staged,
        loaded,
        at,
        null);
  }

  TableProgress failed(long run, RunFailure reason, Instant at) {
    return new TableProgress(
        table, requestId, Stage.FAILED, run, 0, requested, planned, staged, loaded, at, reason);
  }

  /** From the plan to the manifest; null when either is unknown. */
  public @Nullable Duration extracting() {
    return between(planned, staged);
  }

  /** From the manifest to the complete temp table; null when either is unknown. */
  public @Nullable Duration loading() {
    return between(staged, loaded);
  }

  /** From the complete temp table to the end; null when either is unknown. */
  public @Nullable Duration merging() {
    return between(loaded, ended);
  }

  /** From the request to the end; null before the end. */
  public @Nullable Duration total() {
    return between(requested, ended);
  }

  private Stage later(Stage other) {
    return stage.compareTo(other) >= 0 ? stage : other;
  }

  private static @Nullable Duration between(@Nullable Instant from, @Nullable Instant to) {
    if (from == null || to == null) {
      return null;
    }
    Duration duration = Duration.between(from, to);
    return duration.isNegative() ? Duration.ZERO : duration;
  }
}
