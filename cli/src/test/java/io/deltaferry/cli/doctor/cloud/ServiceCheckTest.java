package io.deltaferry.cli.doctor.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.pubsub.v1.PushConfig;
import com.google.pubsub.v1.PushConfig.OidcToken;
import com.google.pubsub.v1.Subscription;
import com.google.pubsub.v1.SubscriptionName;
import com.google.pubsub.v1.TopicName;
import io.deltaferry.cli.doctor.FakeCloud;
import io.deltaferry.cli.doctor.Finding;
import io.deltaferry.cli.doctor.NotCheckedException;
import io.deltaferry.cli.doctor.Remedy;
import io.deltaferry.cli.doctor.State;
import io.deltaferry.cli.endpoint.Endpoints;
import io.deltaferry.localgcp.pubsub.LocalPubSub;
import io.deltaferry.localgcp.pubsub.PubSubSettings;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** In Google Cloud a service takes no call from a laptop, and doctor must not say that it did. */
class ServiceCheckTest {
  private FakeCloud run;
  private LocalPubSub pubSub;
  private Cloud cloud;

  @BeforeEach
  void start() throws IOException {
    run = new FakeCloud();
    pubSub = new LocalPubSub(PubSubSettings.inMemory()).start();
    cloud = cloud(Optional.empty());
    cloud.topics().createTopic(TopicName.of(FakeCloud.PROJECT, "loaded-deltas"));
  }

  @AfterEach
  void stop() {
    cloud.close();
    pubSub.close();
    run.close();
  }

  @Test
  void theRightServiceAnswers() throws Exception {
    subscribe("loaded-deltas-push");
    run.answer("/health", 200, "{\"status\":\"ok\",\"stage\":\"merger\"}");
    assertThat(look(cloud).state()).isEqualTo(State.OK);
    assertThat(run.asked()).containsExactly("/health null");
  }

  @Test
  void credentialsThatHaveATokenSendIt() throws Exception {
    subscribe("loaded-deltas-push");
    run.answer("/health", 200, "{\"status\":\"ok\",\"stage\":\"merger\"}");
    try (Cloud withToken = cloud(Optional.of("token"))) {
      assertThat(look(withToken).state()).isEqualTo(State.OK);
    }
    assertThat(run.asked()).containsExactly("/health Bearer token for https://merger");
  }

  @Test
  void aServiceThatLetsInOnlyThePushIsNotChecked() throws Exception {
    subscribe("loaded-deltas-push");
    run.answer("/health", 403, "<html>Your client does not have permission");
    assertThat(look(cloud))
        .isEqualTo(
            Finding.notChecked(
                "there is one, and it lets in nobody but the identity of the push",
                Remedy.shell(
                    "gcloud auth application-default login --impersonate-service-account="
                        + "deltaferry-push@clinic-cloud.iam.gserviceaccount.com")));
  }

  @Test
  void anIngressForThePushOnlyLooksLikeNoServiceAtAll() throws Exception {
    subscribe("loaded-deltas-push");
    Finding finding = look(cloud);
    assertThat(finding.state()).isEqualTo(State.NOT_CHECKED);
    assertThat(finding.found()).contains("there is none, or it takes no calls from outside");
    assertThat(finding.remedies())
        .containsExactly(
            Remedy.shell(
                "gcloud run services list --project=clinic-cloud"
                    + " --filter=metadata.name=deltaferry-merger"));
  }

  @Test
  void aFailingOneAndAnotherOneAreMissing() throws Exception {
    subscribe("loaded-deltas-push");
    run.answer("/health", 500, "");
    assertThat(look(cloud).remedies())
        .containsExactly(
            Remedy.shell(
                "gcloud logging read 'resource.labels.service_name=\"deltaferry-merger\"'"
                    + " --limit=20 --project=clinic-cloud"));
    run.answer("/health", 200, "{\"status\":\"ok\",\"stage\":\"loader\"}");
    assertThat(look(cloud).found()).contains("is not the merger");
    assertThat(look(cloud).state()).isEqualTo(State.MISSING);
  }

  @Test
  void eventarcsOwnSubscriptionLeadsToItToo() throws Exception {
    subscribe("eventarc-europe-west1-deltaferry-merger-sub-123");
    run.answer("/health", 200, "{\"status\":\"ok\",\"stage\":\"merger\"}");
    assertThat(look(cloud).state()).isEqualTo(State.OK);
    assertThat(new PushSubscriptionCheck(cloud, "loaded-deltas", "merger").look())
        .isEqualTo(
            Finding.ok("Eventarc delivers, by eventarc-europe-west1-deltaferry-merger-sub-123"));
  }

  @Test
  void withoutASubscriptionNobodyKnowsWhereItIs() {
    assertThatThrownBy(() -> look(cloud))
        .isInstanceOf(NotCheckedException.class)
        .hasMessage("there is no subscription loaded-deltas-push");
    // And the command that makes it asks Cloud Run for the address.
    assertThat(new PushSubscriptionCheck(cloud, "loaded-deltas", "merger").look().remedies().get(0))
        .extracting(Remedy::text)
        .asString()
        .startsWith(
            "URL=$(gcloud run services list --filter=metadata.name=deltaferry-merger"
                + " --format='value(status.url)' --project=clinic-cloud) && gcloud pubsub"
                + " subscriptions create loaded-deltas-push --topic=loaded-deltas");
  }

  @Test
  void aPushWithoutAnIdentityIsRefusedByCloudRun() {
    cloud
        .subscriptions()
        .createSubscription(
            SubscriptionName.of(FakeCloud.PROJECT, "loaded-deltas-push"),
            TopicName.of(FakeCloud.PROJECT, "loaded-deltas"),
            PushConfig.newBuilder().setPushEndpoint(run.url() + "/").build(),
            600);
    Finding finding = new PushSubscriptionCheck(cloud, "loaded-deltas", "merger").look();
    assertThat(finding.found()).isEqualTo("pushes without an identity");
    assertThat(finding.remedies().get(0).text())
        .contains(
            "gcloud pubsub subscriptions update loaded-deltas-push --push-endpoint=\"$URL/\""
                + " --push-auth-token-audience=\"$URL\" --push-auth-service-account="
                + "deltaferry-push@clinic-cloud.iam.gserviceaccount.com");
  }

  private Finding look(Cloud deployment) throws Exception {
    return new ServiceCheck(deployment, new Http(), "loaded-deltas", "merger").look();
  }

  private Cloud cloud(Optional<String> token) {
    return FakeCloud.deployment(
        new Endpoints(
            FakeCloud.PROJECT, "http://127.0.0.1:1", "http://127.0.0.1:1", pubSub.grpcTarget()),
        token);
  }

  private void subscribe(String name) {
    cloud
        .subscriptions()
        .createSubscription(
            Subscription.newBuilder()
                .setName(SubscriptionName.format(FakeCloud.PROJECT, name))
                .setTopic(TopicName.format(FakeCloud.PROJECT, "loaded-deltas"))
                .setAckDeadlineSeconds(600)
                .setPushConfig(
                    PushConfig.newBuilder()
                        .setPushEndpoint(run.url() + "/")
                        .setOidcToken(
                            OidcToken.newBuilder()
                                .setAudience("https://merger")
                                .setServiceAccountEmail("p@q.iam.gserviceaccount.com")))
                .build());
  }
}
