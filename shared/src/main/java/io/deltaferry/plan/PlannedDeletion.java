package io.deltaferry.plan;

import io.deltaferry.sql.Deletion;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a reconciliation rests on.
 *
 * @param how it deletes
 * @param shownFrom up to when the source has to show what was committed, so that it shows each row
 *     that was ever merged; null when none was
 */
public record PlannedDeletion(Deletion how, @Nullable Instant shownFrom) {}
