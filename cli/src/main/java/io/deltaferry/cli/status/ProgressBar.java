package io.deltaferry.cli.status;

/** A share of something as a bar of fixed width. */
final class ProgressBar {
  private static final int WIDTH = 20;

  private ProgressBar() {}

  /**
   * Such as {@code [######--------------] 31%}; full at the end only.
   *
   * @param share from 0 to 1
   */
  static String of(double share) {
    int filled = (int) (share * WIDTH);
    int percent = (int) (share * 100);
    return "[%s%s] %3d%%".formatted("#".repeat(filled), "-".repeat(WIDTH - filled), percent);
  }
}
