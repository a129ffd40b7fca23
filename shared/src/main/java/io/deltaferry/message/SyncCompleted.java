package io.deltaferry.message;

import io.deltaferry.error.ErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * Tells anyone that a run has ended.
 *
 * @param seq the run's number, from 1
 * @param rows rows that the run changed in the target
 * @param requestId the request that started the run
 * @param errorCode why it failed; null unless it did
 * @param errorMessage for a person; null unless it failed
 */
public record SyncCompleted(
    String table,
    long seq,
    SyncOutcome outcome,
    long rows,
    String requestId,
    @Nullable ErrorCode errorCode,
    @Nullable String errorMessage) {}
