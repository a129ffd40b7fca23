package io.deltaferry.plan;

import io.deltaferry.table.TableRef;
import io.deltaferry.table.ViewKind;

/**
 * The view that a run leaves beside its target.
 *
 * @param due whether it is missing, or another than the target as it was wants
 */
public record PlannedView(TableRef ref, ViewKind kind, boolean due) {}
