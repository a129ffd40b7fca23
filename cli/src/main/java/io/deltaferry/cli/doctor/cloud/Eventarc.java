package io.deltaferry.cli.doctor.cloud;

import com.google.api.gax.rpc.NotFoundException;
import java.util.Optional;

/** Deployments whose messages Eventarc delivers, through subscriptions that it names itself. */
record Eventarc(Cloud cloud) {
  private static final String PREFIX = "eventarc-";

  /** Eventarc's subscription of the topic, by its short name. */
  Optional<String> subscriptionOf(String topic) {
    try {
      for (String path :
          cloud.topics().listTopicSubscriptions(cloud.topicPath(topic)).iterateAll()) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        if (name.startsWith(PREFIX)) {
          return Optional.of(name);
        }
      }
      return Optional.empty();
    } catch (NotFoundException e) {
      return Optional.empty();
    }
  }
}
