package io.deltaferry.sql;

import org.jspecify.annotations.Nullable;

/**
 * Which rows of the source a run reads, by their cursor.
 *
 * @param low inclusive, as {@link io.deltaferry.type.CursorKind} writes the value; null reads from
 *     the beginning, rows with a NULL cursor included
 * @param high exclusive, or null for no end
 * @param seen rows below it have been read before, and are counted; null when none was
 */
public record Window(@Nullable String low, @Nullable String high, @Nullable String seen) {
  /** Everything visible. */
  public static final Window ALL = new Window(null, null, null);

  /** From there on; everything when it is null. */
  public static Window from(@Nullable String low) {
    return new Window(low, null, null);
  }
}
