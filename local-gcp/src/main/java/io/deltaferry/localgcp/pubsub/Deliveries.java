package io.deltaferry.localgcp.pubsub;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** The subscriptions that exist, by name. */
final class Deliveries {
  private final ConcurrentMap<String, Delivery> byName = new ConcurrentSkipListMap<>();

  Optional<Delivery> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  Delivery require(String name) {
    ResourceKind.SUBSCRIPTION.require(name);
    return find(name).orElseThrow(() -> Refusal.notFound(name));
  }

  /** Sorted by name. */
  List<Delivery> all() {
    return List.copyOf(byName.values());
  }

  void put(String name, Delivery delivery) {
    byName.put(name, delivery);
  }

  void remove(String name) {
    byName.remove(name);
  }
}
