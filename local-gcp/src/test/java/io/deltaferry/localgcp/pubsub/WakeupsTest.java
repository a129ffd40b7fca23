package io.deltaferry.localgcp.pubsub;

import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WakeupsTest {
  private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();

  @AfterEach
  void stop() {
    scheduler.shutdownNow();
  }

  @Test
  void aRoundThatFailsIsTriedAgain() throws Exception {
    isTriedAgainAfter(
        () -> {
          throw new IllegalStateException("broken");
        });
  }

  @Test
  void aRoundThatAnErrorEndsIsTriedAgain() throws Exception {
    isTriedAgainAfter(
        () -> {
          throw new LinkageError("broken");
        });
  }

  private void isTriedAgainAfter(Runnable failure) throws InterruptedException {
    AtomicInteger rounds = new AtomicInteger();
    Wakeups wakeups =
        new Wakeups(
            scheduler,
            Clock.systemUTC(),
            () -> {
              if (rounds.incrementAndGet() == 1) {
                failure.run();
              }
              return Optional.empty();
            });
    wakeups.wake();
    Eventually.holds(() -> rounds.get() == 2);
  }
}
