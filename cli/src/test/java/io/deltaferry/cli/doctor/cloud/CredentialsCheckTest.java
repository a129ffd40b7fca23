package io.deltaferry.cli.doctor.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltaferry.cli.doctor.Check;
import io.deltaferry.cli.doctor.Diagnosis;
import io.deltaferry.cli.doctor.FakeCloud;
import io.deltaferry.cli.doctor.Finding;
import io.deltaferry.cli.doctor.Remedy;
import io.deltaferry.cli.doctor.RunChecks;
import io.deltaferry.cli.doctor.State;
import io.deltaferry.cli.doctor.access.AccessChecks;
import io.deltaferry.cli.endpoint.Endpoints;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CredentialsCheckTest {
  private static final Endpoints GOOGLES = new Endpoints(null, null, null, null);
  private static final Remedy LOGIN = Remedy.shell("gcloud auth application-default login");

  private record Refused(String why) implements CallerTokens {
    @Override
    public String describe() {
      return "a person's";
    }

    @Override
    public Map<String, List<String>> headers(URI api) throws IOException {
      throw new IOException(why);
    }

    @Override
    public Optional<String> identity(String audience) throws IOException {
      throw new IOException(why);
    }
  }

  @Test
  void withoutCredentialsThatIsTheOneThingMissing() throws InterruptedException {
    List<Diagnosis> told = look("Your default credentials were not found. To set up ..");
    assertThat(told.stream().filter(diagnosis -> diagnosis.state() != State.NOT_CHECKED))
        .singleElement()
        .satisfies(
            diagnosis -> {
              assertThat(diagnosis.name()).isEqualTo("your credentials");
              assertThat(diagnosis.finding()).isEqualTo(Finding.missing("none were found", LOGIN));
            });
    assertThat(told).hasSizeGreaterThan(40);
  }

  @Test
  void credentialsThatHaveExpiredAreToldAsGoogleTellsThem() throws InterruptedException {
    assertThat(look("Error refreshing: invalid_grant: reauth related error").get(0).finding())
        .isEqualTo(Finding.missing("Error refreshing: invalid_grant: reauth related error", LOGIN));
  }

  private static List<Diagnosis> look(String why) throws InterruptedException {
    try (Cloud cloud = FakeCloud.deployment(GOOGLES, new Refused(why))) {
      List<Check> checks = new ArrayList<>(CloudChecks.of(cloud));
      checks.addAll(AccessChecks.of(cloud));
      return new RunChecks(Duration.ofSeconds(20)).run(checks);
    }
  }
}
