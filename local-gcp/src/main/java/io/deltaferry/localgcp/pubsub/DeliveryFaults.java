package io.deltaferry.localgcp.pubsub;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Switches for what Pub/Sub is allowed to do to a subscriber but rarely does while one watches.
 *
 * <p>Thread-safe; may be changed while messages flow. A subscription is given by its full name or
 * as {@link #ALL}. With the same seed and the same order of deliveries the same ones are hit.
 */
public final class DeliveryFaults {
  /** Stands for every subscription. */
  public static final String ALL = "*";

  /** What may happen to a delivery. */
  public enum Kind {
    DUPLICATE,
    DELAY,
    REORDER,
    DROP_ACKNOWLEDGEMENT
  }

  private static final class Switch {
    private final Kind kind;
    private final String subscription;
    private final double probability;
    private final Duration time;
    private int left;

    Switch(Kind kind, String subscription, Chance chance, Duration time) {
      this.kind = kind;
      this.subscription = subscription;
      this.probability = chance.probability();
      this.left = chance.times();
      this.time = time;
    }

    boolean fires(Kind asked, String name, Random random) {
      boolean meant = kind == asked && (subscription.equals(ALL) || subscription.equals(name));
      if (!meant || left == 0 || random.nextDouble() >= probability) {
        return false;
      }
      left--;
      return true;
    }
  }

  private final Random random;
  private final List<Switch> switches = new ArrayList<>();
  private final Map<Kind, Integer> happened = new EnumMap<>(Kind.class);

  public DeliveryFaults(long seed) {
    this.random = new Random(seed);
  }

  /** Delivers a message twice at the same time; both deliveries carry the same message id. */
  public void duplicate(String subscription, Chance chance) {
    add(Kind.DUPLICATE, subscription, chance, Duration.ZERO);
  }

  /** Holds a newly published message back for {@code time}. */
  public void delay(String subscription, Chance chance, Duration time) {
    add(Kind.DELAY, subscription, chance, time);
  }

  /**
   * Holds a newly published message back for a random time below {@code within}, so that later ones
   * overtake it. The order within an ordering key stays.
   */
  public void reorder(String subscription, Chance chance, Duration within) {
    add(Kind.REORDER, subscription, chance, within);
  }

  /** Loses an acknowledgement (of a push: a success answer); the message is delivered again. */
  public void dropAcknowledgement(String subscription, Chance chance) {
    add(Kind.DROP_ACKNOWLEDGEMENT, subscription, chance, Duration.ZERO);
  }

  /** Switches everything off. */
  public synchronized void clear() {
    switches.clear();
  }

  /** How often each has happened since the start. */
  public synchronized Map<Kind, Integer> happened() {
    return new EnumMap<>(happened);
  }

  synchronized boolean duplicates(String subscription) {
    return switches.stream().anyMatch(one -> fires(one, Kind.DUPLICATE, subscription));
  }

  synchronized boolean dropsAcknowledgement(String subscription) {
    return switches.stream().anyMatch(one -> fires(one, Kind.DROP_ACKNOWLEDGEMENT, subscription));
  }

  synchronized Duration holdsBack(String subscription) {
    Duration total = Duration.ZERO;
    for (Switch one : switches) {
      if (fires(one, Kind.DELAY, subscription)) {
        total = total.plus(one.time);
      }
      if (fires(one, Kind.REORDER, subscription)) {
        total = total.plusNanos((long) (random.nextDouble() * one.time.toNanos()));
      }
    }
    return total;
  }

  private boolean fires(Switch one, Kind kind, String subscription) {
    boolean fires = one.fires(kind, subscription, random);
    if (fires) {
      happened.merge(kind, 1, Integer::sum);
    }
    return fires;
  }

  private synchronized void add(Kind kind, String subscription, Chance chance, Duration time) {
    if (time.isNegative()) {
      throw new IllegalArgumentException("a delay is not negative: " + time);
    }
    switches.add(new Switch(kind, subscription, chance, time));
  }
}
