package io.deltaferry.cli.chaos;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/** Something happens to one step in so many, whichever it is. */
final class RandomFaults implements FaultPlan {
  /** A service that is killed all the time never comes to the steps where it hurts. */
  private static final Duration BETWEEN_KILLS = Duration.ofSeconds(6);

  private static final List<Fault> KINDS = List.of(Fault.values());

  private final Random random;
  private final double probability;
  private final Map<Fault, Integer> injected = new EnumMap<>(Fault.class);
  private final Set<String> hit = new TreeSet<>();
  private long killedAt = System.nanoTime();

  RandomFaults(long seed, double probability) {
    this.random = new Random(seed);
    this.probability = probability;
  }

  @Override
  public synchronized Optional<Fault> of(Call call) {
    if (random.nextDouble() >= probability) {
      return Optional.empty();
    }
    Fault fault = KINDS.get(random.nextInt(KINDS.size()));
    if (fault.kills()) {
      long now = System.nanoTime();
      if (now - killedAt < BETWEEN_KILLS.toNanos()) {
        return Optional.empty();
      }
      killedAt = now;
    }
    injected.merge(fault, 1, Integer::sum);
    hit.add(call + " " + fault);
    return Optional.of(fault);
  }

  /** How often each happened. */
  synchronized Map<Fault, Integer> injected() {
    return new EnumMap<>(injected);
  }

  /** At how many different steps something happened. */
  synchronized int places() {
    return hit.size();
  }
}
