package io.deltaferry.localgcp.pubsub;

import static org.assertj.core.api.Assertions.fail;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits for something that another thread brings about. */
final class Eventually {
  private Eventually() {}

  static void holds(BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + Duration.ofSeconds(15).toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        fail("did not come true within 15 s");
      }
      Thread.sleep(10);
    }
  }
}
