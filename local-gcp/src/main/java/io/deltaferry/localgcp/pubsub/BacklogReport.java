package io.deltaferry.localgcp.pubsub;

/**
 * How one subscription stands.
 *
 * @param subscription its full name
 * @param unacknowledged messages not acknowledged yet, outstanding ones included
 * @param outstanding messages being delivered now
 * @param deliveries delivery attempts since the process started
 * @param deadLettered messages forwarded to the dead letter topic since the process started
 */
public record BacklogReport(
    String subscription, int unacknowledged, int outstanding, long deliveries, long deadLettered) {}
