package io.deltaferry.cli.model;

import java.io.Serial;

/** The end of an instance; no Exception, since no code of ours runs after it. */
final class Crash extends Error {
  @Serial private static final long serialVersionUID = 1L;

  Crash() {
    super("the instance died", null, false, false);
  }
}
