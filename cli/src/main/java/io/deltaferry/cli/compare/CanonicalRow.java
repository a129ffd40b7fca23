package io.deltaferry.cli.compare;

import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One row in the form in which both sides are compared.
 *
 * @param cells in column order; null is NULL
 */
record CanonicalRow(List<@Nullable String> cells) {
  CanonicalRow {
    // List.copyOf refuses nulls.
    cells = Collections.unmodifiableList(new java.util.ArrayList<>(cells));
  }
}
