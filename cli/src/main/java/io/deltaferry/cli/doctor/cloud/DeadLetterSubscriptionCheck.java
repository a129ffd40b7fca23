package io.deltaferry.cli.doctor.cloud;

import com.google.api.gax.rpc.NotFoundException;
import com.google.pubsub.v1.Subscription;
import io.deltaferry.cli.doctor.Check;
import io.deltaferry.cli.doctor.Finding;
import io.deltaferry.cli.doctor.NotCheckedException;
import java.util.ArrayList;
import java.util.List;

/** Somebody keeps the dead letters: a topic without a subscription loses them. */
public record DeadLetterSubscriptionCheck(Cloud cloud) implements Check {
  @Override
  public String area() {
    return "subscription";
  }

  @Override
  public String name() {
    return "of " + cloud.deadLetters();
  }

  @Override
  public Finding look() {
    List<String> keeping = new ArrayList<>();
    for (String name : names()) {
      Subscription subscription = cloud.subscriptions().getSubscription(name);
      // `deltaferry sync` follows the topic too, through subscriptions that expire.
      if (!subscription.getDetached() && !PushSubscriptionCheck.expires(subscription)) {
        keeping.add(name.substring(name.lastIndexOf('/') + 1));
      }
    }
    return keeping.isEmpty()
        ? Finding.missing(
            "none that never expires", new Gcloud(cloud).createDeadLetterSubscription())
        : Finding.ok(String.join(", ", keeping));
  }

  private List<String> names() {
    try {
      List<String> names = new ArrayList<>();
      cloud
          .topics()
          .listTopicSubscriptions(cloud.topicPath(cloud.deadLetters()))
          .iterateAll()
          .forEach(names::add);
      return names;
    } catch (NotFoundException e) {
      throw new NotCheckedException("there is no topic " + cloud.deadLetters());
    }
  }
}
