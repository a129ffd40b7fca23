package io.deltaferry.run;

import io.deltaferry.error.DeltaferryException;
import io.deltaferry.error.ErrorCode;
import io.deltaferry.message.ExtractRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A run as a listing of the bucket shows it.
 *
 * @param requestId the request that started it, empty when the plan's object does not say
 * @param asksFor what that request asked for
 * @param newest when its newest object was created, by the bucket's clock
 * @param ended whether it has an end
 * @param holder who was the last to say that it works on it, empty for a service
 */
public record KnownRun(
    RunId id, String requestId, String asksFor, Instant newest, boolean ended, String holder) {
  /** Metadata key of a plan object. */
  public static final String REQUEST_ID = "request-id";

  /** Metadata key of plans and of requests that wait: what is asked for. */
  public static final String ASKS_FOR = "asks-for";

  /** Metadata key of a plan object: the hash of its text, so that an edited one is known. */
  private static final String PLAN_HASH = "plan-hash";

  /** Metadata key of a plan object and of signs of life, where somebody claims the run. */
  public static final String HOLDER = "holder";

  /** Enough for the runs of days: three objects a run, and four for each expiry of a long one. */
  private static final int LISTED = 1_000;

  private static final int ALL_OF_ONE = 100_000;

  /** Whose run it is: the request's id, what that asks for, and who claims the run or nobody. */
  public record Origin(String requestId, String asksFor, String holder) {
    /** Of a request for the usual that nobody claims. */
    public static Origin of(String requestId) {
      return new Origin(requestId, ExtractRequest.USUAL, "");
    }
  }

  /**
   * Starts a run: creating the plan object is number, lease and fence in one.
   *
   * @return false when another request took the number first
   */
  public static boolean begin(ControlStore control, RunId run, Origin origin, String planText) {
    Map<String, String> metadata = new HashMap<>(claim(origin.holder()));
    metadata.put(REQUEST_ID, origin.requestId());
    metadata.put(ASKS_FOR, origin.asksFor());
    metadata.put(PLAN_HASH, RunJson.hash(planText));
    return control.create(ObjectNames.plan(run), planText, metadata).won();
  }

  /**
   * The run's plan as it was written.
   *
   * @throws DeltaferryException STAGING_CORRUPT when it was edited
   */
  public static Optional<String> plan(ControlStore control, RunId run) {
    String name = ObjectNames.plan(run);
    Optional<String> text = control.read(name);
    boolean same =
        text.isEmpty()
            || control.list(name, 1).stream()
                .map(object -> object.metadata().get(PLAN_HASH))
                .allMatch(RunJson.hash(text.get())::equals);
    if (!same) {
      throw new DeltaferryException(
          ErrorCode.STAGING_CORRUPT,
          name + " is not what was written; it was changed by hand. Ask for the table again");
    }
    return text;
  }

  /** The metadata of a claim. */
  public static Map<String, String> claim(String holder) {
    return holder.isEmpty() ? Map.of() : Map.of(HOLDER, holder);
  }

  /** The table's runs, newest first: as many as one list call shows. */
  public static List<KnownRun> of(ControlStore control, String table) {
    Map<RunId, List<StoredObject>> byRun = new LinkedHashMap<>();
    List<StoredObject> listed = control.list(ObjectNames.controlPrefix(table), LISTED);
    for (StoredObject object : listed) {
      ObjectNames.runOf(object.name())
          .ifPresent(run -> byRun.computeIfAbsent(run, key -> new ArrayList<>()).add(object));
    }
    if (byRun.size() == 1 && listed.size() == LISTED) {
      // So many slices that they hide the older runs, and perhaps the run's newest object.
      byRun.replaceAll((run, few) -> control.list(ObjectNames.controlPrefix(run), ALL_OF_ONE));
    }
    List<KnownRun> runs = new ArrayList<>();
    byRun.forEach((run, objects) -> runs.add(of(run, objects)));
    return runs;
  }

  private static KnownRun of(RunId run, List<StoredObject> objects) {
    Map<String, String> plan =
        objects.stream()
            .filter(object -> object.name().equals(ObjectNames.plan(run)))
            .map(StoredObject::metadata)
            .findFirst()
            .orElse(Map.of());
    List<StoredObject> byAge =
        objects.stream().sorted(Comparator.comparing(StoredObject::created)).toList();
    String holder =
        byAge.stream()
            .map(object -> object.metadata().getOrDefault(HOLDER, ""))
            .reduce("", (earlier, later) -> later.isEmpty() ? earlier : later);
    boolean ended = objects.stream().anyMatch(object -> object.name().equals(ObjectNames.end(run)));
    return new KnownRun(
        run,
        plan.getOrDefault(REQUEST_ID, ""),
        asksFor(plan),
        byAge.get(byAge.size() - 1).created(),
        ended,
        holder);
  }

  /** What is asked for, by an object's metadata. */
  public static String asksFor(Map<String, String> metadata) {
    return metadata.getOrDefault(ASKS_FOR, ExtractRequest.USUAL);
  }

  /** Whether nobody works on it any more, by the bucket's clock. */
  public boolean abandoned(Instant bucketNow, Duration expiry) {
    return !ended && newest.plus(expiry).isBefore(bucketNow);
  }
}
