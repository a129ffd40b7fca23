package io.deltaferry.service;

import io.deltaferry.message.ExtractRequest;
import io.deltaferry.message.Messages;
import io.deltaferry.message.SyncOutcome;
import io.deltaferry.run.ControlStore;
import io.deltaferry.run.EndOfRun;
import io.deltaferry.run.KnownRun;
import io.deltaferry.run.ObjectNames;
import io.deltaferry.run.RunId;
import io.deltaferry.run.StoredObject;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The requests that met a live run. They are equal, and the run that follows begins after all of
 * them were made: one of them asks for it, and its end is the end of all (architecture rule 4).
 */
public final class PendingRequests {
  /** More requests than that for one table during one run are one request, asked often. */
  private static final int MOST = 1_000;

  private final ControlStore control;

  public PendingRequests(ControlStore control) {
    this.control = control;
  }

  /**
   * What a run's end does with those who waited for it.
   *
   * @param published ask again now
   * @param answered need nothing more: the run that follows is theirs too
   */
  record Release(List<ExtractRequest> published, List<ExtractRequest> answered) {
    private static final Release NOTHING = new Release(List.of(), List.of());
  }

  private record Waiting(ExtractRequest request, Instant since) {}

  /** What to do when the run has ended; the same again when that is told again. */
  Release release(EndOfRun end) {
    List<StoredObject> objects = beside(end.run());
    if (objects.isEmpty()) {
      return Release.NOTHING;
    }
    List<KnownRun> runs = KnownRun.of(control, end.table());
    Map<String, Instant> kept = kept(end.table());
    List<ExtractRequest> waiting =
        without(runs, objects).stream()
            .map(Waiting::request)
            .filter(request -> answer(runs, kept, idOf(request)).isEmpty())
            .toList();
    if (end.outcome() == SyncOutcome.SUPERSEDED) {
      // The run in its place may go on with what was read before they were made.
      return new Release(waiting, List.of());
    }
    boolean followed = runs.stream().anyMatch(run -> run.id().equals(next(end.run())));
    return followed ? Release.NOTHING : oneOf(waiting);
  }

  /** Somebody waits for the answer to a request made by hand, and nobody for that to a tick. */
  private static Release oneOf(List<ExtractRequest> waiting) {
    Optional<ExtractRequest> chosen =
        waiting.stream()
            .filter(request -> !request.isTick())
            .findFirst()
            .or(() -> waiting.stream().reduce((one, later) -> later));
    return new Release(
        chosen.stream().toList(),
        waiting.stream().filter(request -> !chosen.get().equals(request)).toList());
  }

  /**
   * The ids of the requests made by hand that waited when the run began, and have no run of their
   * own.
   */
  List<String> served(RunId run) {
    List<StoredObject> objects = run.seq() == 1 ? List.of() : beside(before(run));
    if (objects.isEmpty()) {
      return List.of();
    }
    Instant until = servedUntil(run);
    return without(KnownRun.of(control, run.table()), objects).stream()
        .filter(waiting -> !waiting.since().isAfter(until))
        .map(Waiting::request)
        .filter(request -> !request.isTick())
        .map(PendingRequests::idOf)
        .toList();
  }

  /**
   * The ended run that was this request's too, when it has none of its own. Its message may come
   * again long after it was acknowledged, and nobody would go on with a run that it began then.
   *
   * @param runs of the table, newest first
   */
  public Optional<KnownRun> answer(String table, String requestId, List<KnownRun> runs) {
    return answer(runs, kept(table), requestId);
  }

  private Map<String, Instant> kept(String table) {
    return control.list(ObjectNames.pendingPrefix(table), MOST).stream()
        .collect(Collectors.toMap(StoredObject::name, StoredObject::created));
  }

  private Optional<KnownRun> answer(
      List<KnownRun> runs, Map<String, Instant> kept, String requestId) {
    return runs.stream()
        .filter(KnownRun::ended)
        .filter(run -> run.id().seq() > 1)
        .filter(run -> keptBefore(run.id(), kept, requestId))
        .findFirst();
  }

  private boolean keptBefore(RunId run, Map<String, Instant> kept, String requestId) {
    Instant since = kept.get(ObjectNames.pending(before(run), requestId));
    return since != null && !since.isAfter(servedUntil(run));
  }

  /**
   * When the run began; of the requests beside the run before, those that are not younger are this
   * one's. None is where it took over, since it may go on with what was read before them.
   */
  private Instant servedUntil(RunId run) {
    boolean inOrder =
        EndOfRun.read(control, before(run))
            .filter(end -> end.outcome() != SyncOutcome.SUPERSEDED)
            .isPresent();
    return control.list(ObjectNames.plan(run), 1).stream()
        .filter(plan -> inOrder)
        .map(StoredObject::created)
        .findFirst()
        .orElse(Instant.MIN);
  }

  private List<StoredObject> beside(RunId run) {
    return control.list(ObjectNames.pendingPrefix(run), MOST);
  }

  /** Those that have no run of their own, oldest first. */
  private List<Waiting> without(List<KnownRun> runs, List<StoredObject> objects) {
    Set<String> begun = runs.stream().map(KnownRun::requestId).collect(Collectors.toSet());
    return objects.stream()
        .sorted(Comparator.comparing(StoredObject::created).thenComparing(StoredObject::name))
        .flatMap(
            object ->
                control.read(object.name()).stream()
                    .map(Messages::extractRequest)
                    .map(request -> new Waiting(request, object.created())))
        .filter(waiting -> !begun.contains(idOf(waiting.request())))
        .toList();
  }

  private static RunId before(RunId run) {
    return new RunId(run.table(), run.seq() - 1);
  }

  private static RunId next(RunId run) {
    return new RunId(run.table(), run.seq() + 1);
  }

  private static String idOf(ExtractRequest request) {
    return String.valueOf(request.requestId());
  }
}
