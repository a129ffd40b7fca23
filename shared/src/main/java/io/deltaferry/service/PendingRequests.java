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
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The requests that met a live run. Those that ask for the same share the next run of that kind,
 * which begins after all of them were made: one of them asks for it, and its end is the end of all
 * (architecture rule 4).
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
  record Release(List<ExtractRequest> published, List<ExtractRequest> answered) {}

  /** What to do when the run has ended; the same again when that is told again. */
  Release release(EndOfRun end) {
    List<KeptRequest> beside = kept(ObjectNames.pendingPrefix(end.run()));
    if (beside.isEmpty()) {
      return new Release(List.of(), List.of());
    }
    List<KnownRun> runs = KnownRun.of(control, end.table());
    List<KeptRequest> all = kept(ObjectNames.pendingPrefix(end.table()));
    List<KeptRequest> open =
        withoutRun(runs, beside).stream()
            .filter(request -> answer(runs, all, request.id()).isEmpty())
            .toList();
    if (end.outcome() == SyncOutcome.SUPERSEDED) {
      // The run in its place may go on with what was read before they were made.
      return new Release(read(open), List.of());
    }
    return released(runs, all, open);
  }

  private Release released(List<KnownRun> runs, List<KeptRequest> all, List<KeptRequest> open) {
    List<ExtractRequest> published = new ArrayList<>();
    List<ExtractRequest> answered = new ArrayList<>();
    Map<String, List<KeptRequest>> equal =
        open.stream()
            .collect(
                Collectors.groupingBy(
                    KeptRequest::asksFor, LinkedHashMap::new, Collectors.toList()));
    for (List<KeptRequest> group : equal.values()) {
      if (next(runs, group.get(0)).isEmpty() && group.stream().noneMatch(one -> one.wentOn(all))) {
        ExtractRequest chosen = read(chosen(group));
        published.add(chosen);
        read(group).stream().filter(one -> !one.equals(chosen)).forEach(answered::add);
      }
    }
    return new Release(published, answered);
  }

  /** Somebody waits for the answer to a request made by hand, and nobody for that to a tick. */
  private static KeptRequest chosen(List<KeptRequest> group) {
    return group.stream()
        .filter(request -> !request.isTick())
        .findFirst()
        .orElseGet(() -> group.get(group.size() - 1));
  }

  /**
   * The ids of the requests made by hand that waited when the run began, and have no run of their
   * own.
   */
  List<String> served(RunId run) {
    List<KeptRequest> waited =
        run.seq() == 1 ? List.of() : kept(ObjectNames.pendingPrefix(run.table()));
    if (waited.isEmpty()) {
      return List.of();
    }
    List<KnownRun> runs = KnownRun.of(control, run.table());
    return withoutRun(runs, waited).stream()
        .filter(request -> !request.isTick())
        // Most met other runs long ago, and each look at the bucket costs a call.
        .filter(request -> follower(runs, request).filter(one -> one.id().equals(run)).isPresent())
        .filter(request -> next(runs, request).isPresent())
        .filter(this::isInOrder)
        .map(KeptRequest::id)
        .distinct()
        .toList();
  }

  /**
   * The ended run that was this request's too, when it has none of its own. Its message may come
   * again long after it was acknowledged, and nobody would go on with a run that it began then.
   *
   * @param runs of the table, newest first
   */
  public Optional<KnownRun> answer(String table, String requestId, List<KnownRun> runs) {
    return answer(runs, kept(ObjectNames.pendingPrefix(table)), requestId);
  }

  private Optional<KnownRun> answer(List<KnownRun> runs, List<KeptRequest> kept, String requestId) {
    return kept.stream()
        .filter(request -> request.id().equals(requestId))
        .flatMap(
            request ->
                next(runs, request)
                    .filter(KnownRun::ended)
                    .filter(r -> isInOrder(request))
                    .stream())
        .max(Comparator.comparing(run -> run.id().seq()));
  }

  /** The first run after the one it met that is asked for the same; not when that began earlier. */
  private Optional<KnownRun> next(List<KnownRun> runs, KeptRequest request) {
    return follower(runs, request).filter(run -> !request.since().isAfter(began(run.id())));
  }

  private static Optional<KnownRun> follower(List<KnownRun> runs, KeptRequest request) {
    return runs.stream()
        .filter(run -> run.id().seq() > request.met().seq())
        .filter(run -> run.asksFor().equals(request.asksFor()))
        .min(Comparator.comparing(run -> run.id().seq()));
  }

  /** A run in the place of the one it met may go on with what was read before it was made. */
  private boolean isInOrder(KeptRequest request) {
    return EndOfRun.read(control, request.met())
        .filter(end -> end.outcome() != SyncOutcome.SUPERSEDED)
        .isPresent();
  }

  private Instant began(RunId run) {
    return control.list(ObjectNames.plan(run), 1).stream()
        .map(StoredObject::created)
        .findFirst()
        .orElse(Instant.MIN);
  }

  private static List<KeptRequest> withoutRun(List<KnownRun> runs, List<KeptRequest> requests) {
    Set<String> begun = runs.stream().map(KnownRun::requestId).collect(Collectors.toSet());
    return requests.stream().filter(request -> !begun.contains(request.id())).toList();
  }

  /** Oldest first. */
  private List<KeptRequest> kept(String prefix) {
    return control.list(prefix, MOST).stream()
        .flatMap(object -> KeptRequest.of(object).stream())
        .sorted(Comparator.comparing(KeptRequest::since).thenComparing(KeptRequest::id))
        .toList();
  }

  private List<ExtractRequest> read(List<KeptRequest> requests) {
    return requests.stream().map(this::read).toList();
  }

  private ExtractRequest read(KeptRequest request) {
    return Messages.extractRequest(StagedRun.required(control, request.object()));
  }
}
