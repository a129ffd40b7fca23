package io.deltaferry.cli.doctor;

import io.deltaferry.error.DeltaferryException;
import java.util.Optional;

/** What a look has found that ended with an exception. */
final class FailedLook {
  private static final Remedy LOGIN = Remedy.shell("gcloud auth application-default login");

  private FailedLook() {}

  static Finding of(Throwable failure) {
    if (failure instanceof NotCheckedException) {
      return Finding.notChecked(String.valueOf(failure.getMessage()));
    }
    if (failure instanceof DeltaferryException known) {
      return Finding.missing(
          known.code().name(), Remedy.advice(known.getMessage().replace('\n', ' ')));
    }
    Optional<GoogleRefusal> refusal = GoogleRefusal.of(failure);
    return refusal.isPresent() ? of(refusal.get(), failure) : unknown(failure);
  }

  private static Finding of(GoogleRefusal refusal, Throwable failure) {
    return switch (refusal) {
      case NO_CREDENTIALS -> Finding.missing("no credentials that Google takes", LOGIN);
      case API_DISABLED -> Finding.notChecked("the API is disabled, see above");
      case DENIED ->
          Finding.notChecked(
              "your credentials may not look: " + firstLine(failure),
              Remedy.advice("docs/permissions.md names the roles of those who run doctor"));
      case NOT_FOUND ->
          Finding.missing(
              "not found: " + firstLine(failure),
              Remedy.advice("correct the name in the table file, or create it"));
      case UNREACHABLE ->
          Finding.missing(
              "nothing answers there: " + firstLine(failure),
              Remedy.advice(
                  "look at the network, at proxies and at the *_EMULATOR_HOST variables"));
    };
  }

  private static Finding unknown(Throwable failure) {
    return Finding.missing(
        firstLine(failure),
        Remedy.advice("run doctor again; if it stays, mend what the error says"));
  }

  private static String firstLine(Throwable failure) {
    return String.valueOf(failure.getMessage())
        .lines()
        .findFirst()
        .orElseGet(() -> failure.getClass().getSimpleName());
  }
}
