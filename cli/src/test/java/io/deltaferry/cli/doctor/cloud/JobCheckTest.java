package io.deltaferry.cli.doctor.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deltaferry.cli.doctor.FakeCloud;
import io.deltaferry.cli.doctor.Finding;
import io.deltaferry.cli.doctor.NotCheckedException;
import io.deltaferry.cli.doctor.Remedy;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JobCheckTest {
  private static final String JOBS = "/v2/projects/clinic-cloud/locations/-/jobs";

  private final FakeCloud google = new FakeCloud();
  private final Cloud cloud = FakeCloud.deployment();

  JobCheckTest() throws IOException {}

  @AfterEach
  void stop() {
    cloud.close();
    google.close();
  }

  @Test
  void theJobIsFoundInWhateverRegion() throws Exception {
    google.answer(
        JOBS,
        200,
        "{\"jobs\":[{\"name\":\"projects/p/locations/r/jobs/other\"},"
            + "{\"name\":\"projects/p/locations/r/jobs/deltaferry-extract\"}]}");
    assertThat(look()).isEqualTo(Finding.ok("projects/p/locations/r/jobs/deltaferry-extract"));
    assertThat(google.asked()).containsExactly(JOBS + " Bearer access");
  }

  @Test
  void aTableThatAsksForAJobThatIsNotThereIsNamed() throws Exception {
    google.answer(JOBS, 200, "{}");
    assertThat(look())
        .isEqualTo(
            Finding.missing(
                "there is none, and it is to read the rows of scans",
                Remedy.advice("apply Terraform with this table file, which makes it")));
  }

  @Test
  void whoMayNotSeeJobsKnowsNothing() {
    google.answer(JOBS, 403, "{}");
    assertThatThrownBy(this::look)
        .isInstanceOf(NotCheckedException.class)
        .hasMessageContaining("status 403");
  }

  private Finding look() throws Exception {
    return new JobCheck(cloud, new ExtractJob(cloud, new Http(), google.url())).look();
  }
}
