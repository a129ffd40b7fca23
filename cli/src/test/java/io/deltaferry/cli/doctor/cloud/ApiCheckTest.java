package io.deltaferry.cli.doctor.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltaferry.cli.doctor.FakeCloud;
import io.deltaferry.cli.doctor.Finding;
import io.deltaferry.cli.doctor.Remedy;
import io.deltaferry.cli.doctor.State;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ApiCheckTest {
  private static final String DISABLED =
      "{\"error\":{\"code\":403,\"message\":\"Cloud Run Admin API has not been used in project %s\","
          + "\"details\":[{\"reason\":\"SERVICE_DISABLED\"}]}}";

  private FakeCloud google;
  private Cloud cloud;

  @BeforeEach
  void start() throws IOException {
    google = new FakeCloud();
    cloud = FakeCloud.deployment();
  }

  @AfterEach
  void stop() {
    cloud.close();
    google.close();
  }

  @Test
  void anApiThatAnswersIsEnabled() throws Exception {
    assertThat(look(200, "{}")).isEqualTo(Finding.ok("enabled"));
    assertThat(google.asked()).containsExactly("/v1/run Bearer access");
  }

  @Test
  void oneThatRefusesTheCallerIsEnabledToo() throws Exception {
    assertThat(look(403, "{\"error\":{\"status\":\"PERMISSION_DENIED\"}}").state())
        .isEqualTo(State.OK);
  }

  @Test
  void aDisabledOneIsEnabledByItsName() throws Exception {
    assertThat(look(403, DISABLED.formatted("4711")))
        .isEqualTo(
            Finding.missing(
                "disabled",
                Remedy.shell("gcloud services enable run.googleapis.com --project=clinic-cloud")));
  }

  @Test
  void credentialsWithoutAProjectOfTheirOwnSayNothingAboutThisOne() throws Exception {
    assertThat(look(403, DISABLED.formatted("764086051850")))
        .isEqualTo(
            Finding.notChecked(
                "your credentials are billed to Google's own tools, where it is disabled",
                Remedy.shell("gcloud auth application-default set-quota-project clinic-cloud")));
  }

  @Test
  void otherAnswersAreNotTakenForYesOrNo() throws Exception {
    assertThat(look(503, "").state()).isEqualTo(State.NOT_CHECKED);
    assertThat(look(401, "").state()).isEqualTo(State.NOT_CHECKED);
  }

  @Test
  void everyApiOfADeploymentIsAsked() {
    assertThat(ApiCheck.all(cloud))
        .extracting(ApiCheck::name, check -> check.probe().getHost())
        .allSatisfy(tuple -> assertThat(tuple.toList().get(0)).isEqualTo(tuple.toList().get(1)));
    assertThat(ApiCheck.all(cloud))
        .extracting(ApiCheck::name)
        .isEqualTo(
            List.of(
                "pubsub.googleapis.com",
                "storage.googleapis.com",
                "bigquery.googleapis.com",
                "run.googleapis.com",
                "cloudscheduler.googleapis.com",
                "secretmanager.googleapis.com"));
  }

  private Finding look(int status, String body) throws Exception {
    google.answer("/v1/run", status, body);
    return new ApiCheck(cloud, new Http(), "run.googleapis.com", google.url().resolve("/v1/run"))
        .look();
  }
}
