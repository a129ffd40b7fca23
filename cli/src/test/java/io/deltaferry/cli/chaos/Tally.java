package io.deltaferry.cli.chaos;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Which steps were taken, and how often something happened to each. */
final class Tally {
  private final Map<Call, Map<Fault, Integer>> steps = new HashMap<>();

  void taken(Call call) {
    countsOf(call);
  }

  synchronized void happened(Call call, Fault fault) {
    countsOf(call).merge(fault, 1, Integer::sum);
  }

  private synchronized Map<Fault, Integer> countsOf(Call call) {
    return steps.computeIfAbsent(call, step -> new EnumMap<>(Fault.class));
  }

  /** How often each happened on the way of each service to each endpoint. */
  synchronized SortedMap<String, Map<Fault, Integer>> byWay() {
    SortedMap<String, Map<Fault, Integer>> ways = new TreeMap<>();
    steps.forEach(
        (call, counts) -> {
          Map<Fault, Integer> way =
              ways.computeIfAbsent(call.way(), name -> new EnumMap<>(Fault.class));
          counts.forEach((fault, count) -> way.merge(fault, count, Integer::sum));
        });
    return ways;
  }

  /** How many different things have happened: kinds at steps. */
  synchronized int places() {
    return steps.values().stream().mapToInt(Map::size).sum();
  }

  /** What might have happened to a step that was taken, and never did. */
  synchronized List<String> never() {
    List<String> never = new ArrayList<>();
    steps.forEach(
        (call, counts) ->
            call.endpoint().faults().stream()
                .filter(fault -> !counts.containsKey(fault))
                .forEach(fault -> never.add(call + ", " + fault)));
    return never.stream().sorted().toList();
  }
}
