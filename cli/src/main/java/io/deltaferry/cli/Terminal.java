package io.deltaferry.cli;

/** What the launcher knows of the terminal; the JDK cannot tell which stream is one. */
final class Terminal {
  private Terminal() {}

  /** Whether standard output is a terminal, where lines may be redrawn. */
  static boolean isStdout() {
    return Boolean.getBoolean("deltaferry.terminal");
  }
}
