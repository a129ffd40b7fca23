package io.deltaferry.config;

/** A value that must never be seen in a log, a message or a {@code toString}. */
public sealed interface Secret {

  /**
   * A secret whose value is known, such as one taken from the environment.
   *
   * @param value the secret itself; only the code that hands it to a server may read it
   */
  record Value(String value) implements Secret {
    @Override
    public String toString() {
      return "Secret[hidden]";
    }
  }

  /**
   * A secret that lives in Secret Manager and is fetched when it is needed.
   *
   * @param version the full name, {@code projects/../secrets/../versions/..}
   */
  record Reference(String version) implements Secret {}
}
