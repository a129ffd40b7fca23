package io.deltaferry.cli.model;

import io.deltaferry.cli.model.Action.Kind;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/**
 * Random histories, made of phrases: what is rare alone, such as a delivery that is held while its
 * run is taken over, comes often enough.
 */
final class Histories {
  private static final int MOST_PHRASES = 16;
  private static final int MOST_PICKS = 14;
  private static final int MOST_CALLS = 30;
  private static final int MOST_HELD = 9;

  private static final Arbitrary<Integer> PICKS = Arbitraries.integers().between(0, MOST_PICKS);
  private static final Arbitrary<Integer> CALLS = Arbitraries.integers().between(1, MOST_CALLS);

  private Histories() {}

  static Arbitrary<List<Action>> all() {
    return Arbitraries.frequencyOf(
            Tuple.of(12, action(writers(), Arbitraries.just(Fault.NONE)).list().ofSize(1)),
            Tuple.of(3, action(rest(), Arbitraries.just(Fault.NONE)).list().ofSize(1)),
            Tuple.of(8, action(deliveries(), faults()).list().ofMinSize(1).ofMaxSize(4)),
            Tuple.of(3, overtaken()))
        .list()
        .ofMinSize(2)
        .ofMaxSize(MOST_PHRASES)
        .map(phrases -> phrases.stream().flatMap(List::stream).toList());
  }

  private static Arbitrary<Action> action(Arbitrary<Kind> kinds, Arbitrary<Fault> faults) {
    return Combinators.combine(kinds, PICKS, faults).as(Action::new);
  }

  private static Arbitrary<Kind> writers() {
    return Arbitraries.frequency(
        Tuple.of(10, Kind.WRITE),
        Tuple.of(3, Kind.BEGIN),
        Tuple.of(5, Kind.COMMIT),
        Tuple.of(1, Kind.PREPARE),
        Tuple.of(1, Kind.ROLLBACK));
  }

  private static Arbitrary<Kind> rest() {
    return Arbitraries.frequency(
        Tuple.of(6, Kind.SYNC),
        Tuple.of(3, Kind.SYNC_THROUGH),
        Tuple.of(3, Kind.WAIT),
        Tuple.of(2, Kind.SLOW),
        Tuple.of(1, Kind.DAMAGE));
  }

  private static Arbitrary<Kind> deliveries() {
    return Arbitraries.frequency(
        Tuple.of(3, Kind.SYNC), Tuple.of(14, Kind.DELIVER), Tuple.of(2, Kind.DELIVER_AGAIN));
  }

  /** Somebody stands still, at a request or later, until another has taken the run over. */
  private static Arbitrary<List<Action>> overtaken() {
    Arbitrary<List<Action>> meanwhile =
        action(writers(), Arbitraries.just(Fault.NONE)).list().ofMaxSize(3);
    Arbitrary<Kind> other = Arbitraries.of(Kind.SYNC, Kind.SYNC_THROUGH, Kind.DELIVER_AGAIN);
    return Combinators.combine(
            Arbitraries.integers().between(0, 3), CALLS, meanwhile, meanwhile, other, PICKS)
        .as(Histories::overtaken);
  }

  private static List<Action> overtaken(
      int before, int call, List<Action> first, List<Action> then, Kind other, int pick) {
    List<Action> actions = new ArrayList<>();
    actions.add(new Action(Kind.SYNC, pick, Fault.NONE));
    for (int i = 0; i < before; i++) {
      actions.add(new Action(Kind.DELIVER, 0, Fault.NONE));
    }
    int held = first.size() + then.size() + 3;
    actions.add(new Action(Kind.DELIVER, 0, new Fault(Fault.Kind.HOLD, call, held)));
    actions.addAll(first);
    actions.add(new Action(Kind.WAIT, 0, Fault.NONE));
    actions.add(new Action(other, pick, Fault.NONE));
    actions.addAll(then);
    actions.add(new Action(Kind.DELIVER, 0, Fault.NONE));
    return actions;
  }

  private static Arbitrary<Fault> faults() {
    Arbitrary<Fault.Kind> kinds =
        Arbitraries.frequency(
            Tuple.of(14, Fault.Kind.NONE),
            Tuple.of(3, Fault.Kind.CRASH_BEFORE),
            Tuple.of(3, Fault.Kind.CRASH_AFTER),
            Tuple.of(1, Fault.Kind.ERROR_BEFORE),
            Tuple.of(2, Fault.Kind.ERROR_AFTER),
            Tuple.of(3, Fault.Kind.HOLD));
    return Combinators.combine(kinds, CALLS, Arbitraries.integers().between(1, MOST_HELD))
        .as(Histories::fault);
  }

  private static Fault fault(Fault.Kind kind, int call, int actions) {
    return switch (kind) {
      case NONE -> Fault.NONE;
      case HOLD -> new Fault(kind, call, actions);
      case CRASH_BEFORE, CRASH_AFTER, ERROR_BEFORE, ERROR_AFTER -> new Fault(kind, call, 0);
    };
  }
}
