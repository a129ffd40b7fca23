package io.deltaferry.cli.doctor.cloud;

import io.deltaferry.cli.doctor.Check;
import io.deltaferry.cli.doctor.Finding;
import io.deltaferry.cli.doctor.GoogleRefusal;
import io.deltaferry.cli.doctor.Remedy;
import java.io.IOException;
import java.util.Optional;

/** The caller can prove who calls. */
public record CredentialsCheck(Cloud cloud) implements Check {
  @Override
  public String area() {
    return "project";
  }

  @Override
  public String name() {
    return "your credentials";
  }

  @Override
  public Finding look() throws IOException {
    Optional<CallerTokens> caller = cloud.caller();
    if (caller.isEmpty()) {
      return Finding.notChecked("a local stack asks for none");
    }
    Optional<IOException> failure = cloud.signIn();
    return failure.isEmpty()
        ? Finding.ok(caller.get().describe())
        : Finding.missing(
            describe(failure.get()), Remedy.shell("gcloud auth application-default login"));
  }

  private static String describe(IOException failure) {
    return GoogleRefusal.of(failure).equals(Optional.of(GoogleRefusal.NO_CREDENTIALS))
        ? "none were found"
        : String.valueOf(failure.getMessage()).lines().findFirst().orElse("they do not work");
  }
}
