package io.deltaferry.cli.model;

import java.io.Serial;
import java.util.List;

/** Something is not as it must be; the message tells how it came to that. */
final class Broken extends AssertionError {
  @Serial private static final long serialVersionUID = 1L;

  private final String what;

  Broken(String what, List<String> story) {
    super(what + "\n" + String.join("\n", story));
    this.what = what;
  }

  /** What is not as it must be. */
  String what() {
    return what;
  }
}
