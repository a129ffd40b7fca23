package io.deltaferry.bound;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All that a database is asked for before a snapshot of a table whose changes a log tells.
 *
 * @param oldest the smallest number of an entry; null for a log without entries
 * @param taken the last number that was given to an entry, whether it is there or not, or the one
 *     before the first; null where nobody may know
 * @param files that hold the entries, by relation
 * @param look as for any cursor, which is the entries' number; read after the others
 */
public record LogLook(
    @Nullable String oldest, @Nullable String taken, Map<Long, Long> files, Look look) {
  public LogLook {
    files = Collections.unmodifiableMap(new TreeMap<>(files));
  }
}
