/** Pub/Sub on the loopback address: topics, push and pull subscriptions, at least once. */
@NullMarked
package io.deltaferry.localgcp.pubsub;

import org.jspecify.annotations.NullMarked;
