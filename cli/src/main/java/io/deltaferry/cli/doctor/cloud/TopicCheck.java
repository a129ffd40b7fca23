package io.deltaferry.cli.doctor.cloud;

import com.google.api.gax.rpc.NotFoundException;
import io.deltaferry.cli.doctor.Check;
import io.deltaferry.cli.doctor.Finding;

/** A topic is there. */
public record TopicCheck(Cloud cloud, String name) implements Check {
  @Override
  public String area() {
    return "topic";
  }

  @Override
  public Finding look() {
    try {
      return Finding.ok(cloud.topics().getTopic(cloud.topicPath(name)).getName());
    } catch (NotFoundException e) {
      return Finding.missing("no such topic", new Gcloud(cloud).createTopic(name));
    }
  }
}
