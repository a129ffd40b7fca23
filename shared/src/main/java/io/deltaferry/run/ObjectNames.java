package io.deltaferry.run;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a run's objects lie in the bucket. The sequence is inverted and zero-padded, so that one
 * list call shows the newest run first.
 */
public final class ObjectNames {
  /** The prefix whose finalize events start the loader. */
  public static final String MANIFESTS = "manifests/";

  /** The prefix of staged rows. */
  public static final String PARTS = "parts/";

  private static final Pattern CONTROL = Pattern.compile("control/([^/]+)/([0-9]{10})/(.+)");
  private static final Pattern OUTCOME =
      Pattern.compile("control/[^/]+/[0-9]{10}/slices/([^/]+)/outcome\\.json");
  private static final Pattern PENDING = Pattern.compile("pending/([^/]+)/([0-9]{10})/(.+)\\.json");
  private static final Pattern MANIFEST = Pattern.compile("manifests/([^/]+)/([0-9]+)\\.json");

  private ObjectNames() {}

  public static String controlPrefix(String table) {
    return "control/" + table + "/";
  }

  /** Where all control objects of a run lie. */
  public static String controlPrefix(RunId run) {
    return control(run);
  }

  public static String plan(RunId run) {
    return control(run) + "plan.json";
  }

  /** The outcome of a slice; {@code slicePath} is {@code 0}, or {@code 0.1} for a half of it. */
  public static String outcome(RunId run, String slicePath) {
    return slicesPrefix(run) + slicePath + "/outcome.json";
  }

  /** Where the outcomes of a run's slices lie. */
  public static String slicesPrefix(RunId run) {
    return control(run) + "slices/";
  }

  /** The path of the slice whose outcome this is, or nothing when the object is no outcome. */
  public static Optional<String> sliceOf(String objectName) {
    Matcher matcher = OUTCOME.matcher(objectName);
    return matcher.matches() && Slice.isPath(matcher.group(1))
        ? Optional.of(matcher.group(1))
        : Optional.empty();
  }

  /**
   * The sign of life of a stage whose job takes long; behind plan and end in name order, as {@link
   * #beat} is.
   *
   * @param attempt never twice the same
   */
  public static String working(RunId run, String attempt) {
    return control(run) + "working/" + attempt + ".json";
  }

  /** The signs of life of whoever extracts a slice, the newest first. */
  public static String beatsPrefix(RunId run, String slicePath) {
    return control(run) + "slices/" + slicePath + "/beats/";
  }

  /**
   * The sign of life of that number, from 1. Inverted, and behind plan and end in name order: a
   * listing that is cut shows a run's newest signs, and how it stands.
   */
  public static String beat(RunId run, String slicePath, long number) {
    return beatsPrefix(run, slicePath) + inverted(number) + ".json";
  }

  /** The number of a sign of life. */
  public static long numberOfBeat(String objectName) {
    String name = objectName.substring(objectName.lastIndexOf('/') + 1).replace(".json", "");
    return RunId.MAX_SEQ + 1 - Long.parseLong(name);
  }

  public static String end(RunId run) {
    return control(run) + "end.json";
  }

  /** What a trial found out. */
  public static String trial(RunId run) {
    return control(run) + "trial.json";
  }

  /** Every attempt has a path of its own, so a zombie can only write parts nobody names. */
  public static String partsPrefix(RunId run, String slicePath, String attempt) {
    return PARTS + run.table() + "/" + run.seq() + "/" + slicePath + "/" + attempt + "/";
  }

  public static String manifest(RunId run) {
    return MANIFESTS + run.table() + "/" + run.seq() + ".json";
  }

  /** Where the requests lie that met a live run of the table; those of the newest runs first. */
  public static String pendingPrefix(String table) {
    return "pending/" + table + "/";
  }

  /** Requests that met this run while it was live; its end releases them. */
  public static String pendingPrefix(RunId run) {
    return pendingPrefix(run.table()) + inverted(run.seq()) + "/";
  }

  public static String pending(RunId run, String requestId) {
    return pendingPrefix(run) + requestId + ".json";
  }

  /** Where it is written that the backfills of a table are to begin no further period. */
  public static String stopsPrefix(String table) {
    return pendingPrefix(table) + "stops/";
  }

  /** Written for its creation time: backfills that began before it stop. */
  public static String stop(String table, String requestId) {
    return stopsPrefix(table) + requestId + ".json";
  }

  /** The run that the request met whose object this is, or nothing when it is no such object. */
  public static Optional<RunId> metBy(String objectName) {
    Matcher matcher = PENDING.matcher(objectName);
    return matcher.matches() ? Optional.of(run(matcher)) : Optional.empty();
  }

  /** The id of the request whose object this is. */
  public static String requestOf(String pendingName) {
    return pendingName.substring(pendingName.lastIndexOf('/') + 1).replaceFirst("\\.json$", "");
  }

  /** Written for nothing but the creation time that the bucket gives it. */
  public static String clock(String table, String attempt) {
    return "clock/" + table + "/" + attempt;
  }

  /** The run a control object belongs to, or nothing when the name is not one of ours. */
  public static Optional<RunId> runOf(String objectName) {
    Matcher matcher = CONTROL.matcher(objectName);
    return matcher.matches() ? Optional.of(run(matcher)) : Optional.empty();
  }

  /** The run whose manifest this is, or nothing when the object is no manifest. */
  public static Optional<RunId> runOfManifest(String objectName) {
    Matcher matcher = MANIFEST.matcher(objectName);
    return matcher.matches()
        ? Optional.of(new RunId(matcher.group(1), Long.parseLong(matcher.group(2))))
        : Optional.empty();
  }

  private static RunId run(Matcher matcher) {
    return new RunId(matcher.group(1), RunId.MAX_SEQ + 1 - Long.parseLong(matcher.group(2)));
  }

  private static String control(RunId run) {
    return controlPrefix(run.table()) + inverted(run.seq()) + "/";
  }

  private static String inverted(long number) {
    return String.format(Locale.ROOT, "%010d", RunId.MAX_SEQ + 1 - number);
  }
}
