package io.deltaferry.cli.doctor.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.bigquery.BigQuery;
import com.google.cloud.bigquery.Schema;
import com.google.cloud.bigquery.StandardTableDefinition;
import com.google.cloud.bigquery.TableId;
import com.google.cloud.bigquery.TableInfo;
import io.deltaferry.cli.doctor.Check;
import io.deltaferry.cli.doctor.Diagnosis;
import io.deltaferry.cli.doctor.FakeCloud;
import io.deltaferry.cli.doctor.Finding;
import io.deltaferry.cli.doctor.RunChecks;
import io.deltaferry.cli.doctor.State;
import io.deltaferry.cli.doctor.access.Grant.Place;
import io.deltaferry.cli.doctor.cloud.Cloud;
import io.deltaferry.cli.endpoint.Endpoints;
import io.deltaferry.cli.local.LocalTopology;
import io.deltaferry.cli.local.PubSubAdmin;
import io.deltaferry.gcp.GoogleClients;
import io.deltaferry.localgcp.LocalGcp;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The policies of a deployment, asked with the official clients. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AccessChecksTest {
  private LocalGcp apis;
  private FakeCloud google;
  private Cloud cloud;
  private Policies policies;
  private List<Grant> needed;

  @BeforeAll
  void start(@TempDir Path directory) throws Exception {
    apis =
        LocalGcp.start(
            new LocalGcp.Settings(directory, new LocalGcp.Ports(0, 0, 0, 0), 1, Clock.systemUTC()));
    google = new FakeCloud();
    Endpoints endpoints =
        new Endpoints(
            FakeCloud.PROJECT,
            apis.bigQuery().url(),
            apis.storage().url(),
            apis.pubSub().grpcTarget());
    cloud = FakeCloud.deployment(endpoints, Optional.empty());
    try (PubSubAdmin pubSub =
        PubSubAdmin.connect(new GoogleClients(FakeCloud.PROJECT, endpoints.environment()))) {
      String nowhere = "http://127.0.0.1:1";
      new LocalTopology(
              FakeCloud.PROJECT,
              FakeCloud.BUCKET,
              "EU",
              "",
              20,
              Set.of("clinic", "clinic_staging", "clinic_control"))
          .create(
              pubSub,
              cloud.storage(),
              cloud.bigQuery(),
              Map.of("extractor", nowhere, "loader", nowhere, "merger", nowhere));
    }
    policies = new Policies(cloud, google);
    needed = new ArrayList<>(Grants.all());
    needed.addAll(Grants.ofSource(cloud.tables().source()));
    needed.add(Grants.ofJob());
    // Nobody can ask these two of a local stack, or of a client that the build has.
    needed.removeIf(grant -> Set.of(Place.SERVICE, Place.IDENTITY).contains(grant.place()));
  }

  @AfterAll
  void stop() {
    cloud.close();
    google.close();
    apis.close();
  }

  @BeforeEach
  void grantEverything() {
    policies.set(needed);
  }

  @Test
  void whereEverythingIsGrantedNothingIsMissing() throws InterruptedException {
    assertThat(roles()).hasSize(14).allSatisfy(this::assertOk);
  }

  @Test
  void everyGrantThatIsTakenAwayIsTheOneThatIsMissed() throws InterruptedException {
    for (Grant grant : needed) {
      List<Grant> others = new ArrayList<>(needed);
      others.remove(grant);
      policies.set(others);
      List<Diagnosis> missing = roles().stream().filter(d -> d.state() != State.OK).toList();
      assertThat(missing)
          .as(grant.toString())
          .singleElement()
          .satisfies(
              diagnosis -> {
                assertThat(diagnosis.state()).isEqualTo(State.MISSING);
                assertThat(diagnosis.finding().found())
                    .isEqualTo("the " + grant.identity() + " lacks " + grant.role());
                assertThat(diagnosis.finding().remedies())
                    .singleElement()
                    .satisfies(
                        remedy ->
                            assertThat(remedy.text())
                                .contains(
                                    grant.role(),
                                    new Identities(cloud).forShell(grant.identity())));
              });
    }
  }

  @Test
  void aGrantOnTheWholeProjectDoesToo() throws InterruptedException {
    List<Grant> others = new ArrayList<>(needed);
    others.removeIf(grant -> grant.place() == Place.TOPIC);
    others.removeIf(grant -> grant.place() == Place.DATASET);
    others.add(new Grant("extractor", "roles/pubsub.publisher", Place.PROJECT, ""));
    others.add(new Grant("loader", "roles/editor", Place.PROJECT, ""));
    others.add(new Grant("merger", "roles/pubsub.admin", Place.PROJECT, ""));
    others.add(new Grant("merger", "roles/bigquery.admin", Place.PROJECT, ""));
    others.add(new Grant("extractor", "roles/bigquery.dataOwner", Place.PROJECT, ""));
    others.add(new Grant(Grant.STORAGE_AGENT, "roles/pubsub.editor", Place.PROJECT, ""));
    others.add(new Grant(Grant.PUBSUB_AGENT, "roles/pubsub.publisher", Place.PROJECT, ""));
    policies.set(others);
    assertThat(roles()).allSatisfy(this::assertOk);
  }

  @Test
  void whereTheProjectsPolicyIsNotVisibleALackIsAWarning() throws InterruptedException {
    List<Grant> others = new ArrayList<>(needed);
    others.removeIf(
        grant -> grant.identity().equals(Grant.PUBSUB_AGENT) && grant.place() == Place.TOPIC);
    policies.set(others);
    google.answer("/v1/projects/" + FakeCloud.PROJECT + ":getIamPolicy", 403, "{}");
    assertThat(finding("on topic dead-letters"))
        .satisfies(
            finding -> {
              assertThat(finding.state()).isEqualTo(State.WARNING);
              assertThat(finding.found())
                  .isEqualTo(
                      "the pubsub-agent lacks roles/pubsub.publisher, unless the project grants it,"
                          + " whose policy is not visible");
              assertThat(finding.remedies().get(0).text())
                  .isEqualTo(
                      "gcloud pubsub topics add-iam-policy-binding dead-letters"
                          + " --member=\"serviceAccount:service-$(gcloud projects describe"
                          + " clinic-cloud --format='value(projectNumber)')"
                          + "@gcp-sa-pubsub.iam.gserviceaccount.com\""
                          + " --role=roles/pubsub.publisher --project=clinic-cloud");
            });
    assertThat(finding("on project clinic-cloud"))
        .isEqualTo(Finding.notChecked("its policy is not visible to you"));
  }

  @Test
  void theCallerIsToldWhatItMayDo() throws InterruptedException {
    BigQuery bigQuery = cloud.bigQuery();
    TableId ledger = TableId.of("clinic_control", "sync_runs");
    assertThat(finding("yours on dataset clinic_control"))
        .isEqualTo(Finding.notChecked("there is no table sync_runs before the first run"));
    bigQuery.create(TableInfo.of(ledger, StandardTableDefinition.of(Schema.of())));
    assertThat(look().stream().filter(d -> d.area().equals("permissions")))
        .hasSize(7)
        .allSatisfy(this::assertOk);
  }

  private List<Diagnosis> roles() throws InterruptedException {
    return look().stream().filter(diagnosis -> diagnosis.area().equals("roles")).toList();
  }

  private Finding finding(String name) throws InterruptedException {
    return look().stream()
        .filter(diagnosis -> diagnosis.name().equals(name))
        .map(Diagnosis::finding)
        .findFirst()
        .orElseThrow();
  }

  private List<Diagnosis> look() throws InterruptedException {
    List<Check> checks = AccessChecks.of(cloud, google.url(), google.url(), google.url());
    return new RunChecks(Duration.ofSeconds(60)).run(checks);
  }

  private void assertOk(Diagnosis diagnosis) {
    assertThat(diagnosis.state()).as(diagnosis.toString()).isEqualTo(State.OK);
  }
}
