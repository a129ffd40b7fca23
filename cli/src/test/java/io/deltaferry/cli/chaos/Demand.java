package io.deltaferry.cli.chaos;

import io.deltaferry.cli.endtoend.RunningStack;
import io.deltaferry.message.SyncCompleted;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Asks for tables again and again: always for more than one run, so that requests meet live runs,
 * and never for so many that the end of a test is nothing but old requests.
 */
final class Demand {
  private static final int AT_ONCE = 4;

  private final RunningStack stack;
  private final Map<String, Set<String>> waiting = new HashMap<>();

  Demand(RunningStack stack) {
    this.stack = stack;
  }

  /** Asks for the table unless enough is under way. */
  void ask(String table) {
    Set<String> requests = waiting.computeIfAbsent(table, name -> new HashSet<>());
    requests.removeAll(
        stack.ends().stream().map(SyncCompleted::requestId).collect(Collectors.toSet()));
    if (requests.size() < AT_ONCE) {
      requests.add(stack.request(table));
    }
  }
}
