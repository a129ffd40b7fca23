package io.deltaferry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltaferry.cli.DoctorStack.Running;
import io.deltaferry.cli.process.ServiceProcess;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One thing of the cloud's is broken at a time; the commands that doctor prints mend it. */
@ExtendWith(DoctorStack.class)
class DoctorCloudIT {
  private static final String BUCKET = "gs://" + DoctorStack.BUCKET;

  static Stream<CloudBreak> mendedByShell() {
    return Stream.concat(CloudBreak.ofTheBucket(), CloudBreak.ofPubSub());
  }

  @Test
  void aStackAsItIsMadeIsInOrderAndNothingTellsItsPassword(Running stack) {
    CommandRun told = stack.doctor("--source", stack.url("a%20secret"));
    assertThat(told.exit()).as(told.out()).isEqualTo(ExitCode.OK);
    assertThat(told.err()).isEmpty();
    assertThat(told.out())
        .contains("ok           bucket", "not checked  roles", "no IAM here")
        .containsPattern(", 0 warning, 0 missing, \\d+ not checked\\n$")
        .doesNotContain("a secret", "a%20secret");
    // The stack's own file names the database without the password.
    CommandRun without = stack.doctor();
    assertThat(without.exit()).isEqualTo(ExitCode.FAILED);
    assertThat(without.out()).containsPattern("missing +database +login ");
  }

  @ParameterizedTest
  @MethodSource
  void mendedByShell(CloudBreak broken, Running stack) {
    DoctorLines healthy = stack.lines();
    healthy.assertHealthy();
    broken.how().accept(stack);
    DoctorLines ill = stack.lines();
    broken.symptom().here(stack, ill).assertSole(healthy, ill);
    stack.mend(ill, broken.symptom().line());
    stack.lines().assertHealthy();
  }

  @Test
  void aMissingBucketIsOneLineAndTheCommandsOfThreeRoundsMakeItAsItWas(Running stack) {
    DoctorLines healthy = stack.lines();
    healthy.assertHealthy();
    stack.storage().delete(DoctorStack.BUCKET);
    DoctorLines ill = stack.lines();
    Symptom.missing(
            "bucket/exists",
            "no " + BUCKET,
            "shell gcloud storage buckets create "
                + BUCKET
                + " --location=EU --uniform-bucket-level-access --public-access-prevention"
                + " --soft-delete-duration=0s --project=clinic-local")
        .hiding("bucket/closed", "bucket/clean-up", "bucket/notification")
        .assertSole(healthy, ill);
    stack.mend(ill, "bucket/exists");
    DoctorLines bare = stack.lines();
    stack.mend(bare, "bucket/clean-up");
    stack.mend(bare, "bucket/notification");
    stack.lines().assertHealthy();
  }

  @Test
  void aServiceThatIsDownIsOneLine(Running stack) throws InterruptedException {
    DoctorLines healthy = stack.lines();
    healthy.assertHealthy();
    ServiceProcess merger = stack.stack().service("merger");
    merger.close();
    try {
      Symptom.missing(
              "service/merger",
              "nothing answers at http://127.0.0.1:" + merger.spec().port() + "/health",
              "advice start the local stack again; its log is "
                  + stack.directory().resolve("data/logs/merger.jsonl"))
          .assertSole(healthy, stack.lines());
    } finally {
      stack.restart(merger.spec());
    }
    stack.lines().assertHealthy();
  }
}
