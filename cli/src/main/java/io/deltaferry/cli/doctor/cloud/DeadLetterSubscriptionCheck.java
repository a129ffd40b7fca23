package io.deltaferry.cli.doctor.cloud;

import com.google.api.gax.rpc.NotFoundException;
import com.google.pubsub.v1.Subscription;
import io.deltaferry.cli.doctor.Check;
import io.deltaferry.cli.doctor.Finding;
import io.deltaferry.service.Topology;

/** Somebody keeps the dead letters: a topic without a subscription loses them. */
public record DeadLetterSubscriptionCheck(Cloud cloud) implements Check {
  @Override
  public String area() {
    return "subscription";
  }

  @Override
  public String name() {
    return cloud.tables().topicPrefix() + Topology.DEFAULT.deadLettersSubscription().name();
  }

  @Override
  public Finding look() {
    Gcloud gcloud = new Gcloud(cloud);
    Subscription found;
    try {
      found = cloud.subscriptions().getSubscription(cloud.subscriptionPath(name()));
    } catch (NotFoundException e) {
      return Finding.missing(
          "none: dead letters are lost", gcloud.createDeadLetterSubscription(name()));
    }
    if (found.getDetached() || !found.getTopic().equals(cloud.topicPath(cloud.deadLetters()))) {
      return Finding.missing(
          found.getDetached() ? "detached from its topic" : "reads " + found.getTopic(),
          gcloud.deleteSubscription(name()),
          gcloud.createDeadLetterSubscription(name()));
    }
    return PushSubscriptionCheck.expires(found)
        ? Finding.missing(
            "deleted after some idle days",
            gcloud.updateSubscription(name(), Gcloud.neverExpires()))
        : Finding.ok("keeps " + cloud.deadLetters());
  }
}
