package io.deltaferry.message;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An object of a bucket was written completely.
 *
 * @param eventId of the delivery: duplicates of one event have different ones
 * @param name the object's
 * @param generation with bucket and name, identifies the event
 * @param size in bytes
 * @param deliveryAttempt from 1; null where the envelope does not say
 */
public record ObjectFinalized(
    String eventId,
    String bucket,
    String name,
    long generation,
    long size,
    Instant eventTime,
    @Nullable Integer deliveryAttempt)
    implements IncomingEvent {}
