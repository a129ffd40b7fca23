package io.deltaferry.cli.chaos;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Something happens to one step in so many, whichever it is. */
final class RandomFaults implements FaultPlan {
  /** A service that is killed all the time never comes to the steps where it hurts. */
  private static final Duration BETWEEN_KILLS = Duration.ofSeconds(6);

  private final Random random;
  private final double probability;
  private final Tally tally = new Tally();
  private long killedAt = System.nanoTime();

  RandomFaults(long seed, double probability) {
    this.random = new Random(seed);
    this.probability = probability;
  }

  @Override
  public synchronized Optional<Fault> of(Call call) {
    tally.taken(call);
    if (random.nextDouble() >= probability * call.endpoint().share()) {
      return Optional.empty();
    }
    List<Fault> kinds = call.endpoint().faults();
    Fault fault = kinds.get(random.nextInt(kinds.size()));
    if (fault.kills()) {
      long now = System.nanoTime();
      if (now - killedAt < BETWEEN_KILLS.toNanos()) {
        return Optional.empty();
      }
      killedAt = now;
    }
    tally.happened(call, fault);
    return Optional.of(fault);
  }

  /** What has happened so far. */
  Tally tally() {
    return tally;
  }
}
