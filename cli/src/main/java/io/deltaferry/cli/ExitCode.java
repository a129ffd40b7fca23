package io.deltaferry.cli;

/** What the process tells its caller. */
public final class ExitCode {
  /** Done, and everything asked for is true. */
  public static final int OK = 0;

  /** Something failed, or a table is not equal. */
  public static final int FAILED = 1;

  /** The command line is wrong; nothing was done. */
  public static final int USAGE = 2;

  private ExitCode() {}
}
