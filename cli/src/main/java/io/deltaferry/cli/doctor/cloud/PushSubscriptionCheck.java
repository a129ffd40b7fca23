package io.deltaferry.cli.doctor.cloud;

import com.google.api.gax.rpc.NotFoundException;
import com.google.pubsub.v1.Subscription;
import io.deltaferry.cli.doctor.Check;
import io.deltaferry.cli.doctor.Finding;
import io.deltaferry.service.Topology;
import java.util.ArrayList;
import java.util.List;

/**
 * A service's messages are pushed to it: long enough, for ever, and into the dead letters at last.
 *
 * @param topic the topic's name
 * @param service whose messages they are
 */
public record PushSubscriptionCheck(Cloud cloud, String topic, String service) implements Check {
  private static final Topology.Push SHAPE = Topology.DEFAULT.push();

  @Override
  public String area() {
    return "subscription";
  }

  @Override
  public String name() {
    return cloud.pushSubscription(topic);
  }

  @Override
  public Finding look() {
    Gcloud gcloud = new Gcloud(cloud);
    Subscription found;
    try {
      found = cloud.subscriptions().getSubscription(cloud.subscriptionPath(name()));
    } catch (NotFoundException e) {
      return new Eventarc(cloud)
          .subscriptionOf(topic)
          .map(other -> Finding.ok("Eventarc delivers, by " + other))
          .orElseGet(
              () ->
                  Finding.missing(
                      "no such subscription",
                      gcloud.createPushSubscription(name(), topic, service)));
    }
    if (found.getDetached() || !found.getTopic().equals(cloud.topicPath(topic))) {
      return Finding.missing(
          found.getDetached() ? "detached from its topic" : "reads " + found.getTopic(),
          gcloud.deleteSubscription(name()),
          gcloud.createPushSubscription(name(), topic, service));
    }
    if (found.getPushConfig().getPushEndpoint().isEmpty() || (!cloud.isLocal() && isOpen(found))) {
      return Finding.missing(
          found.getPushConfig().getPushEndpoint().isEmpty()
              ? "pushes to nobody"
              : "pushes without an identity",
          gcloud.pushTo(name(), service));
    }
    return settings(found, gcloud);
  }

  private Finding settings(Subscription found, Gcloud gcloud) {
    List<String> wrong = new ArrayList<>();
    StringBuilder flags = new StringBuilder();
    if (found.getAckDeadlineSeconds() != SHAPE.ackDeadlineSeconds()) {
      wrong.add(
          "ack deadline %d s instead of %d s"
              .formatted(found.getAckDeadlineSeconds(), SHAPE.ackDeadlineSeconds()));
      flags.append(" --ack-deadline=").append(SHAPE.ackDeadlineSeconds());
    }
    if (expires(found)) {
      wrong.add("deleted after some idle days");
      flags.append(Gcloud.neverExpires());
    }
    if (!found.getDeadLetterPolicy().getDeadLetterTopic().equals(deadLetters())) {
      wrong.add("no dead letters to " + cloud.deadLetters());
      flags.append(gcloud.deadLetterPolicy());
    } else if (!cloud.isLocal() && attempts(found) != SHAPE.maxDeliveryAttempts()) {
      // A service gives an event up itself, with its reason, on the last delivery it counts to.
      wrong.add(
          "gives up after %d deliveries instead of %d"
              .formatted(attempts(found), SHAPE.maxDeliveryAttempts()));
      flags.append(gcloud.deadLetterPolicy());
    }
    if (!found.hasRetryPolicy()) {
      wrong.add("gives up within seconds: no retry policy");
      flags.append(Gcloud.retryPolicy());
    }
    return wrong.isEmpty()
        ? Finding.ok("to " + found.getPushConfig().getPushEndpoint())
        : Finding.missing(
            String.join("; ", wrong), gcloud.updateSubscription(name(), flags.toString()));
  }

  /** A policy without a time to live means never; no policy means Pub/Sub's own 31 days. */
  static boolean expires(Subscription subscription) {
    return !subscription.hasExpirationPolicy() || subscription.getExpirationPolicy().hasTtl();
  }

  private static int attempts(Subscription subscription) {
    return subscription.getDeadLetterPolicy().getMaxDeliveryAttempts();
  }

  private static boolean isOpen(Subscription subscription) {
    return !subscription.getPushConfig().hasOidcToken();
  }

  private String deadLetters() {
    return cloud.topicPath(cloud.deadLetters());
  }
}
