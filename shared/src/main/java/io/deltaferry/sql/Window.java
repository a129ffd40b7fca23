package io.deltaferry.sql;

import org.jspecify.annotations.Nullable;

/**
 * Which rows of the source a run reads, by their cursor.
 *
 * @param low inclusive, as {@link io.deltaferry.type.CursorKind} writes the value; null reads from
 *     the beginning, rows with a NULL cursor included
 * @param high exclusive, or null for no end
 */
public record Window(@Nullable String low, @Nullable String high) {
  /** Everything visible. */
  public static final Window ALL = new Window(null, null);

  /** From there on; everything when it is null. */
  public static Window from(@Nullable String low) {
    return new Window(low, null);
  }
}
