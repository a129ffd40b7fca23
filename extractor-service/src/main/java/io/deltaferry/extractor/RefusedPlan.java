package io.deltaferry.extractor;

import io.deltaferry.error.ErrorCode;

/**
 * Stands in a plan's place for a request that could not be planned, so that its run has a number.
 */
record RefusedPlan(String table, long seq, String requestId, ErrorCode refused) {}
