package io.deltaferry.localgcp.pubsub;

import com.google.pubsub.v1.PushConfig;
import com.google.pubsub.v1.Subscription;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Posts one subscription's messages to its endpoint, several at a time, never blocking.
 *
 * <p>The ack deadline is the request's time limit: an answer after it counts for nothing.
 */
final class PushSender implements DeliveryConsumer {
  private static final Logger log = LoggerFactory.getLogger(PushSender.class);
  private static final Set<Integer> ACKNOWLEDGING = Set.of(102, 200, 201, 202, 204);

  private final Delivery delivery;
  private final DeliveryEnvironment environment;
  private final AtomicInteger outstanding = new AtomicInteger();

  PushSender(Delivery delivery, DeliveryEnvironment environment) {
    this.delivery = delivery;
    this.environment = environment;
  }

  @Override
  public void take() {
    Subscription subscription = delivery.definition();
    Duration deadline = Duration.ofSeconds(subscription.getAckDeadlineSeconds());
    int free = environment.maxOutstandingPushes() - outstanding.get();
    if (free > 0) {
      for (Lease lease : delivery.lease(free, Long.MAX_VALUE, deadline)) {
        send(lease, subscription, deadline);
      }
    }
  }

  private void send(Lease lease, Subscription subscription, Duration deadline) {
    outstanding.incrementAndGet();
    try {
      CompletableFuture<HttpResponse<Void>> call =
          environment
              .pushClient()
              .sendAsync(
                  request(lease, subscription, deadline), HttpResponse.BodyHandlers.discarding());
      // The request's own timeout ends with the headers; an endless body must not hold the slot.
      var unused =
          call.copy()
              .orTimeout(deadline.toMillis(), TimeUnit.MILLISECONDS)
              .whenComplete((answer, failure) -> finish(lease, answer, failure))
              .whenComplete((answer, failure) -> call.cancel(true));
    } catch (IllegalArgumentException e) {
      finish(lease, null, e);
    }
  }

  private HttpRequest request(Lease lease, Subscription subscription, Duration deadline) {
    PushConfig push = subscription.getPushConfig();
    PushEnvelope envelope = PushEnvelope.of(lease, subscription);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(push.getPushEndpoint()))
            .timeout(deadline)
            .setHeader("User-Agent", "APIs-Google; (local)")
            .POST(HttpRequest.BodyPublishers.ofByteArray(envelope.body().toByteArray()));
    envelope.headers().forEach(request::setHeader);
    if (push.hasOidcToken()) {
      request.setHeader("Authorization", "Bearer " + environment.tokens().tokenFor(push));
    }
    return request.build();
  }

  private void finish(
      Lease lease, @Nullable HttpResponse<Void> answer, @Nullable Throwable failure) {
    outstanding.decrementAndGet();
    if (answer != null && ACKNOWLEDGING.contains(answer.statusCode())) {
      delivery.acknowledge(List.of(lease.ackId()));
      return;
    }
    log.info(
        "push of {}, attempt {}, by {} was not acknowledged: {}",
        lease.message().getMessageId(),
        lease.attempt(),
        delivery.definition().getName(),
        answer == null ? String.valueOf(failure) : "HTTP " + answer.statusCode());
    delivery.modifyDeadline(List.of(lease.ackId()), Duration.ZERO);
  }
}
