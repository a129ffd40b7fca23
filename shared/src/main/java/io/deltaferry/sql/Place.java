package io.deltaferry.sql;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A place in the order of a source's rows; the values are text as PostgreSQL prints them in a
 * pinned session, and are read back by the columns' own types.
 *
 * @param cursor null among the rows without one, which come last
 * @param key values of the order's key columns
 */
public record Place(@Nullable String cursor, List<String> key) {
  public Place {
    key = List.copyOf(key);
  }
}
