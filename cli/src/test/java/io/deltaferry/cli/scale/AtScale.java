package io.deltaferry.cli.scale;

import java.util.Locale;

/** Runs trials one after the other. */
final class AtScale {
  private static final String FILLED_HISTORY = "filled-history";
  private static final String KILLED_COPY = "killed-copy";
  private static final String ONE_STAMP = "one-stamp";
  private static final String OPEN_TRANSACTION = "open-transaction";

  private AtScale() {}

  /**
   * Runs them; their directories are left behind for a look at the logs.
   *
   * @param arguments the trials with their sizes, such as {@code
   *     killed-copy:10000000,one-stamp:1000000,open-transaction:60,filled-history:2000000}
   */
  public static void main(String[] arguments) throws Exception {
    for (String trial : arguments[0].split(",", -1)) {
      String[] nameAndSize = trial.split(":", 2);
      int size = Integer.parseInt(nameAndSize[1]);
      switch (nameAndSize[0]) {
        case FILLED_HISTORY -> FilledHistory.run(size);
        case KILLED_COPY -> KilledCopy.run(size);
        case ONE_STAMP -> OneStamp.run(size);
        case OPEN_TRANSACTION -> OpenTransaction.run(size);
        default -> throw new IllegalArgumentException("no trial is called " + nameAndSize[0]);
      }
    }
  }

  /** Prints a line. */
  static void say(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }

  /** Fails with the sentence unless it holds. */
  static void require(boolean holds, String sentence) {
    if (!holds) {
      throw new AssertionError(sentence);
    }
  }
}
