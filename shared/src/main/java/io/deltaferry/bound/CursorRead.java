package io.deltaferry.bound;

import io.deltaferry.type.CursorKind;
import org.jspecify.annotations.Nullable;

/**
 * The cursor that a run reads by.
 *
 * @param highest of all rows, where ids come in order; null elsewhere, or without rows
 */
public record CursorRead(CursorKind kind, CursorOrigin origin, @Nullable String highest) {}
