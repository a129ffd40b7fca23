package io.deltaferry.extractor;

import java.time.Duration;

/**
 * Who extracts: the service, to which a message comes again when it dies, or an execution of the
 * job, whose platform starts it again.
 *
 * @param execution names the execution, the same in all its attempts; empty for the service
 * @param budget what an extraction may take
 */
record Worker(String execution, Duration budget) {
  static Worker service(Duration budget) {
    return new Worker("", budget);
  }

  boolean isJob() {
    return !execution.isEmpty();
  }
}
