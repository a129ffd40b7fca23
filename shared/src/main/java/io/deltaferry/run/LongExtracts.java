package io.deltaferry.run;

import java.util.Map;

/** Starts extractions that take longer than a request may. */
@FunctionalInterface
public interface LongExtracts {
  /**
   * Starts one, and does not wait for it. Whoever cannot know whether it was started starts it
   * again: the second one finds the first at work.
   *
   * @param environment variables it has beside those of all
   * @throws io.deltaferry.error.DeltaferryException JOB_UNAVAILABLE, JOB_REFUSED or SETTING_INVALID
   */
  void start(Map<String, String> environment);
}
