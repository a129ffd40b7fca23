package io.deltaferry.cli.doctor.cloud;

import com.google.api.gax.rpc.NotFoundException;
import com.google.pubsub.v1.PushConfig;
import io.deltaferry.cli.doctor.Check;
import io.deltaferry.cli.doctor.Finding;
import io.deltaferry.cli.doctor.NotCheckedException;
import io.deltaferry.cli.doctor.Remedy;
import io.deltaferry.service.Topology;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The service answers where its messages are pushed to.
 *
 * @param topic whose subscription pushes to it
 * @param name the service's, such as {@code loader}
 */
public record ServiceCheck(Cloud cloud, Http http, String topic, String name) implements Check {
  @Override
  public String area() {
    return "service";
  }

  @Override
  public Finding look() throws IOException, InterruptedException {
    PushConfig push = push();
    URI health = URI.create(push.getPushEndpoint()).resolve(Topology.DEFAULT.healthPath());
    try {
      return judge(health, http.get(health, headers(push)));
    } catch (ConnectException e) {
      return Finding.missing("nothing answers at " + health, logs());
    }
  }

  private PushConfig push() {
    String subscription =
        new Eventarc(cloud).subscriptionOf(topic).orElseGet(() -> cloud.pushSubscription(topic));
    try {
      PushConfig push =
          cloud
              .subscriptions()
              .getSubscription(cloud.subscriptionPath(subscription))
              .getPushConfig();
      if (push.getPushEndpoint().isEmpty()) {
        throw new NotCheckedException(subscription + " pushes to nobody");
      }
      return push;
    } catch (NotFoundException e) {
      throw new NotCheckedException("there is no subscription " + subscription);
    }
  }

  private Map<String, List<String>> headers(PushConfig push) throws IOException {
    Optional<CallerTokens> caller = cloud.caller();
    return caller.isEmpty()
        ? Map.of()
        : caller
            .get()
            .identity(push.getOidcToken().getAudience())
            .map(token -> Map.of("Authorization", List.of("Bearer " + token)))
            .orElse(Map.of());
  }

  private Finding judge(URI health, HttpResponse<String> answer) {
    int status = answer.statusCode();
    if (status == 200) {
      return answer.body().contains("\"stage\":\"" + name + "\"")
          ? Finding.ok("answers at " + health)
          : Finding.missing(
              "what answers at %s is not the %s".formatted(health, name),
              new Gcloud(cloud).pushTo(cloud.pushSubscription(topic), name));
    }
    return switch (status) {
      case 401, 403 ->
          Finding.notChecked(
              "there is one, and it lets in nobody but the identity of the push",
              Remedy.shell(
                  "gcloud auth application-default login --impersonate-service-account="
                      + cloud.identity("push")));
      case 404 ->
          Finding.notChecked(
              "404 at " + health + ": there is none, or it takes no calls from outside",
              Remedy.shell(
                  "gcloud run services list --project=%s --filter=metadata.name=%s"
                      .formatted(cloud.project(), cloud.serviceName(name))));
      default -> Finding.missing("status " + status + " from " + health, logs());
    };
  }

  private Remedy logs() {
    return cloud
        .localLog(name)
        .map(log -> Remedy.advice("start the local stack again; its log is " + log))
        .orElseGet(() -> new Gcloud(cloud).serviceLogs(name));
  }
}
