package io.deltaferry.plan;

import org.jspecify.annotations.Nullable;

/**
 * The one row of a target's state table.
 *
 * @param seq the newest merged run, 0 before the first
 * @param nextLow null when the last change voided it
 */
public record TableState(long seq, @Nullable String nextLow, @Nullable String definitionHash) {}
