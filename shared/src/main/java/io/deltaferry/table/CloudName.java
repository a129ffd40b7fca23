package io.deltaferry.table;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * The rules of names in Google Cloud, and of our own table names, which become part of them. Each
 * rule returns the name or throws IllegalArgumentException that goes on after the quoted name.
 */
final class CloudName {
  /** Legal in object names, job ids, table ids and scheduler job ids alike, without escaping. */
  private static final Pattern TABLE_NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_-]{0,99}");

  private static final Pattern PROJECT =
      Pattern.compile("(?:[a-z0-9.-]+:)?[a-z][a-z0-9-]{4,28}[a-z0-9]");
  private static final Pattern DATASET = Pattern.compile("[A-Za-z0-9_]{1,1024}");
  private static final Pattern TABLE_ID =
      Pattern.compile("[\\p{L}\\p{M}\\p{N}\\p{Pc}\\p{Pd} ]{1,1024}");
  private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9._-]{1,220}[a-z0-9]");

  /** Short enough for every name that begins with it; Pub/Sub reserves names in goog. */
  private static final Pattern TOPIC_PREFIX = Pattern.compile("(?!goog)[a-z][a-z0-9-]{0,39}");

  private static final Pattern LOCATION = Pattern.compile("[A-Za-z][A-Za-z0-9-]{1,40}");
  private static final Pattern ALLOYDB =
      Pattern.compile("projects/[^/]+/locations/[^/]+/clusters/[^/]+/instances/[^/]+");
  private static final Pattern CLOUDSQL =
      Pattern.compile("(?:[a-z0-9.-]+:)?[a-z][a-z0-9-]+:[a-z0-9-]+:[a-z][a-z0-9-]*");
  private static final Pattern SECRET =
      Pattern.compile("projects/[^/]+/secrets/[A-Za-z0-9_-]{1,255}/versions/(?:latest|[1-9]\\d*)");

  private static final int TABLE_ID_BYTES = 1024;
  private static final int BUCKET_WITHOUT_DOTS = 63;

  private CloudName() {}

  static String tableName(String name) {
    return matching(
        TABLE_NAME, name, "table name: use 1 to 100 letters, digits, _ or -, not starting with -");
  }

  static String project(String name) {
    return matching(PROJECT, name, "project id: 6 to 30 lower-case letters, digits or -");
  }

  static String dataset(String name) {
    return matching(DATASET, name, "dataset id: use letters, digits and _");
  }

  static String tableId(String name) {
    if (name.getBytes(StandardCharsets.UTF_8).length > TABLE_ID_BYTES) {
      throw new IllegalArgumentException("is too long for a BigQuery table id (1024 bytes)");
    }
    return matching(TABLE_ID, name, "BigQuery table id: use letters, digits, _, - and spaces");
  }

  static String bucket(String name) {
    if (name.startsWith("gs://")) {
      throw new IllegalArgumentException("is not a bucket name: leave gs:// and any path away");
    }
    boolean fits = name.contains(".") || name.length() <= BUCKET_WITHOUT_DOTS;
    return matching(
        BUCKET, fits ? name : "", "bucket name: 3 to 63 lower-case letters, digits, -, _ or .");
  }

  static String topicPrefix(String name) {
    return matching(
        TOPIC_PREFIX,
        name,
        "prefix of topics: 1 to 40 lower-case letters, digits or -, starting with a letter and"
            + " not with goog");
  }

  static String location(String name) {
    return matching(LOCATION, name, "BigQuery location such as US, EU or europe-west1");
  }

  static String alloyDb(String name) {
    return matching(
        ALLOYDB, name, "AlloyDB instance: projects/../locations/../clusters/../instances/..");
  }

  static String cloudSql(String name) {
    return matching(CLOUDSQL, name, "Cloud SQL connection name: project:region:instance");
  }

  static String secretVersion(String name) {
    return matching(SECRET, name, "secret's full name: projects/../secrets/../versions/latest");
  }

  private static String matching(Pattern rule, String name, String what) {
    if (!rule.matcher(name).matches()) {
      throw new IllegalArgumentException("is not a " + what);
    }
    return name;
  }
}
