package io.deltaferry.message;

import io.deltaferry.table.MaxDeletes;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a request says beside table and mode; null where it says nothing.
 *
 * @param from the lower end of a window, inclusive, as a person writes it
 * @param to its upper end, exclusive
 * @param last the window's length, where it ends at {@code executionDate}
 * @param executionDate where such a window ends; null for when the request was made
 * @param rows at most so many are tried
 * @param backfill what it says of a backfill
 * @param maxDeletes how many rows a reconciliation may delete
 */
public record RunOptions(
    @Nullable String from,
    @Nullable String to,
    @Nullable Duration last,
    @Nullable Instant executionDate,
    @Nullable Long rows,
    @Nullable BackfillOptions backfill,
    @Nullable MaxDeletes maxDeletes) {
  /** A request that says no more. */
  public static final RunOptions NONE = new RunOptions(null, null, null, null, null, null, null);

  /** A window between two ends. */
  public static RunOptions between(@Nullable String from, @Nullable String to) {
    return new RunOptions(from, to, null, null, null, null, null);
  }

  /** The window that ended when the request was made. */
  public static RunOptions last(Duration last) {
    return new RunOptions(null, null, last, null, null, null, null);
  }

  /** A trial of so many rows. */
  public static RunOptions rows(long rows) {
    return new RunOptions(null, null, null, null, rows, null, null);
  }

  /** The same, and what it says of a backfill. */
  public RunOptions with(@Nullable BackfillOptions options) {
    return new RunOptions(from, to, last, executionDate, rows, options, maxDeletes);
  }

  /** A reconciliation that may delete so many rows. */
  public static RunOptions deleting(MaxDeletes most) {
    return new RunOptions(null, null, null, null, null, null, most);
  }

  /** Whether it asks for any window. */
  public boolean hasWindow() {
    return from != null || to != null || last != null;
  }

  /** The same with both ends, so that it means the same whenever it is read again. */
  public RunOptions fixed(Instant requested) {
    if (last == null) {
      return this;
    }
    Instant end = executionDate == null ? requested : executionDate;
    return new RunOptions(
        end.minus(last).toString(), end.toString(), null, null, rows, backfill, maxDeletes);
  }

  /** By the names of the message's fields, as text. */
  public Map<String, String> texts() {
    Map<String, String> texts = new LinkedHashMap<>();
    put(texts, RunOptionFields.FROM, from);
    put(texts, RunOptionFields.TO, to);
    put(texts, RunOptionFields.LAST, last);
    put(texts, RunOptionFields.EXECUTION_DATE, executionDate);
    put(texts, RunOptionFields.ROWS, rows);
    if (backfill != null) {
      texts.putAll(backfill.texts());
    }
    put(texts, RunOptionFields.MAX_DELETES, maxDeletes);
    return texts;
  }

  private static void put(Map<String, String> texts, String name, @Nullable Object value) {
    if (value != null) {
      texts.put(name, value.toString());
    }
  }
}
