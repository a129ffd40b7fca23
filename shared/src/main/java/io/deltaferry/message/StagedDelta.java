package io.deltaferry.message;

import java.time.Instant;

/**
 * An object of the staging bucket is complete.
 *
 * @param object its name
 * @param size in bytes
 */
public record StagedDelta(
    String bucket, String object, long generation, long size, Instant eventTime) {}
