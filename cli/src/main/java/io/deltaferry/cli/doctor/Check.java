package io.deltaferry.cli.doctor;

/** One thing that a deployment needs, and the look that tells whether it is there. */
public interface Check {
  /** What it belongs to, such as {@code bucket}; checks of one area stand together. */
  String area();

  /** Which one of the area's checks it is. */
  String name();

  /**
   * Looks, changing nothing.
   *
   * @throws NotCheckedException when something else has to be mended first
   * @throws Exception when the look itself fails, which is a finding too
   */
  Finding look() throws Exception;
}
