package io.deltaferry.cli.model;

import static io.deltaferry.cli.model.Action.Kind.BEGIN;
import static io.deltaferry.cli.model.Action.Kind.COMMIT;
import static io.deltaferry.cli.model.Action.Kind.DAMAGE;
import static io.deltaferry.cli.model.Action.Kind.DELIVER;
import static io.deltaferry.cli.model.Action.Kind.DELIVER_AGAIN;
import static io.deltaferry.cli.model.Action.Kind.PREPARE;
import static io.deltaferry.cli.model.Action.Kind.SLOW;
import static io.deltaferry.cli.model.Action.Kind.SYNC;
import static io.deltaferry.cli.model.Action.Kind.SYNC_THROUGH;
import static io.deltaferry.cli.model.Action.Kind.WAIT;
import static io.deltaferry.cli.model.Action.Kind.WRITE;

import io.deltaferry.cli.model.Action.Kind;
import java.util.List;
import java.util.stream.Stream;

/** For each rule the kind of history that needs it; at which call its fault strikes is open. */
final class Scripts {
  /** Of what can be delivered; three picks mean the same. */
  private static final int SECOND = 3;

  private static final int THIRD = 6;
  private static final int LAST = 99;

  /** With one transaction open, the first pick that writes outside of it. */
  private static final int APART = 5;

  /** A call of whoever plans after it has taken its turn, and before it has seen the source. */
  private static final int EARLY = 4;

  private Scripts() {}

  /** The history whose fault strikes at that call. */
  static List<Action> of(Sabotage sabotage, int call) {
    return switch (sabotage) {
      case NONE -> List.of();
      case OBJECTS_OVERWRITTEN -> twoPlansOfOneNumber(call);
      case LAST_OUTCOME_COUNTS -> twoCutsOfOneSlice(call);
      case NO_FENCE -> mergeThatOthersOvertake(call);
      case TORN_MERGE, TOLD_BEFORE_COMMIT -> mergeThatDies(call);
      case NOT_TOLD_AGAIN -> loadThatDies(call);
      case LOW_IS_HIGH, SESSIONS_UNSEEN -> lateCommit();
      case COUNTS_UNCHECKED -> partThatLosesARow();
      case ADOPTED_WITH_OWN_BOUND -> lateCommitBetweenTwoRunsOfOnePlan();
      case PREPARED_UNSEEN -> latePrepared();
    };
  }

  /** The later plan knows that the transaction has ended; the rows were read before that. */
  private static List<Action> twoPlansOfOneNumber(int call) {
    return List.of(
        of(BEGIN),
        of(WRITE, APART + 1),
        of(SYNC),
        held(EARLY, 4),
        of(SYNC),
        crashed(Fault.Kind.CRASH_BEFORE, call),
        of(WRITE, 0),
        of(COMMIT));
  }

  /** The table's seven blocks hold three rows: the second slice has all of them. */
  private static List<Action> twoCutsOfOneSlice(int call) {
    return Stream.of(
            Stream.of(0, 0, 0, 0, 0, 1, 2).map(row -> of(WRITE, row)),
            Stream.of(of(SYNC), of(DELIVER), of(DELIVER), held(call, 8)),
            Stream.of(of(SLOW), of(DELIVER_AGAIN, THIRD), of(DELIVER)),
            Stream.of(3, 3, 3, 3).map(row -> of(WRITE, row)),
            Stream.of(of(SLOW)))
        .flatMap(actions -> actions)
        .toList();
  }

  private static List<Action> mergeThatOthersOvertake(int call) {
    return atTheMerge(held(call, 3), of(WRITE, 0), of(WAIT), of(SYNC_THROUGH));
  }

  private static List<Action> mergeThatDies(int call) {
    return atTheMerge(crashed(Fault.Kind.CRASH_BEFORE, call));
  }

  /** A second run has come to its merge. */
  private static List<Action> atTheMerge(Action... then) {
    Stream<Action> before =
        Stream.of(of(WRITE, 0), of(SYNC_THROUGH), of(WRITE, 0), of(SYNC), of(DELIVER), of(DELIVER));
    return Stream.concat(before, Stream.of(then)).toList();
  }

  private static List<Action> loadThatDies(int call) {
    return List.of(of(WRITE, 0), of(SYNC), of(DELIVER), crashed(Fault.Kind.CRASH_AFTER, call));
  }

  private static List<Action> lateCommit() {
    return List.of(of(BEGIN), of(WRITE, 0), of(WRITE, APART + 1), of(SYNC_THROUGH), of(COMMIT));
  }

  private static List<Action> latePrepared() {
    return List.of(
        of(WRITE, 1),
        of(SYNC_THROUGH),
        of(BEGIN),
        of(WRITE, 0),
        of(PREPARE),
        of(WRITE, 1),
        of(SYNC_THROUGH),
        of(COMMIT));
  }

  private static List<Action> partThatLosesARow() {
    return List.of(
        of(WRITE, 0),
        of(SYNC_THROUGH),
        of(WRITE, 1),
        of(WRITE, 0),
        of(SYNC),
        of(DELIVER),
        of(DAMAGE),
        of(DELIVER));
  }

  private static List<Action> lateCommitBetweenTwoRunsOfOnePlan() {
    return List.of(
        of(BEGIN),
        of(WRITE, APART),
        of(WRITE, APART + 1),
        of(WRITE, APART + 2),
        of(SYNC),
        of(DELIVER),
        of(DELIVER, SECOND),
        of(WRITE, 3),
        of(COMMIT),
        of(WAIT),
        of(SYNC),
        of(DELIVER, SECOND));
  }

  /** A transaction that begins early and writes late gives row 1 a smaller stamp than it had. */
  static List<Action> correctedStamp(int call) {
    return List.of(
        of(BEGIN),
        of(WRITE, APART),
        of(SYNC_THROUGH),
        of(WRITE, 0),
        of(WRITE, APART + 1),
        of(COMMIT),
        of(SYNC),
        crashed(Fault.Kind.CRASH_BEFORE, call),
        of(WAIT),
        of(SYNC),
        of(DELIVER, SECOND));
  }

  /** The run that a request meets makes way for another before the request lies beside it. */
  static List<Action> requestBetweenTwoRuns(int call) {
    return List.of(
        of(WRITE, 0),
        of(WRITE, 1),
        of(WRITE, 2),
        of(SYNC),
        of(DELIVER),
        of(SYNC, 1),
        new Action(DELIVER, LAST, new Fault(Fault.Kind.HOLD, call, 3)),
        of(WAIT),
        of(SYNC, 1),
        of(DELIVER, LAST));
  }

  private static Action crashed(Fault.Kind kind, int call) {
    return new Action(DELIVER, 0, new Fault(kind, call, 0));
  }

  private static Action held(int call, int actions) {
    return new Action(DELIVER, 0, new Fault(Fault.Kind.HOLD, call, actions));
  }

  private static Action of(Kind kind) {
    return of(kind, 0);
  }

  private static Action of(Kind kind, int pick) {
    return new Action(kind, pick, Fault.NONE);
  }
}
