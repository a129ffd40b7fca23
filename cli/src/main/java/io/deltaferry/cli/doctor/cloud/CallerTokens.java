package io.deltaferry.cli.doctor.cloud;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What proves to Google who runs this command. */
public interface CallerTokens {
  /** What kind of credentials they are, and whose, as far as they say. */
  String describe() throws IOException;

  /** The headers of a call to one of Google's APIs. */
  Map<String, List<String>> headers(URI api) throws IOException;

  /**
   * A token for a service of our own; empty when these credentials give none.
   *
   * @param audience the service's URL, without a path
   */
  Optional<String> identity(String audience) throws IOException;
}
