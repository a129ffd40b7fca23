package io.deltaferry.localgcp.pubsub;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.deltaferry.localgcp.Gcloud;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Google's own command line against the REST form. */
class GcloudIT {
  @Test
  void createsPublishesPullsAndLists(@TempDir Path directory) throws Exception {
    Gcloud.assumeInstalled();
    try (LocalPubSub pubsub = new LocalPubSub(PubSubSettings.inMemory()).start()) {
      Gcloud gcloud = new Gcloud(directory, "p1", "PUBSUB", pubsub.restUrl() + "/");
      run(gcloud, "topics", "create", "orders");
      run(gcloud, "subscriptions", "create", "all-orders", "--topic=orders");
      run(gcloud, "topics", "publish", "orders", "--message=hello", "--attribute=k=v");
      JsonNode pulled = run(gcloud, "subscriptions", "pull", "all-orders", "--auto-ack");
      assertThat(pulled.path(0).path("message").path("data").asText()).isEqualTo("aGVsbG8=");
      assertThat(pulled.path(0).path("message").path("attributes").path("k").asText())
          .isEqualTo("v");
      assertThat(pubsub.backlogs().get(0).unacknowledged()).isZero();
      assertThat(run(gcloud, "topics", "list").path(0).path("name").asText())
          .isEqualTo("projects/p1/topics/orders");
    }
  }

  private static JsonNode run(Gcloud gcloud, String... arguments) throws Exception {
    String[] command =
        Stream.of(Stream.of("pubsub"), Stream.of(arguments), Stream.of("--format=json"))
            .flatMap(part -> part)
            .toArray(String[]::new);
    return new ObjectMapper().readTree(gcloud.run(command));
  }
}
