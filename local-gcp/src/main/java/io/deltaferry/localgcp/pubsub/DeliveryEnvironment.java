package io.deltaferry.localgcp.pubsub;

import java.net.http.HttpClient;
import java.time.Clock;
import java.util.concurrent.ScheduledExecutorService;

/** What every subscription's delivery needs from outside. */
record DeliveryEnvironment(
    Clock clock,
    ScheduledExecutorService scheduler,
    Journal journal,
    DeliveryFaults faults,
    DeadLetterOffice deadLetters,
    HttpClient pushClient,
    OidcTokens tokens,
    int maxOutstandingPushes) {}
