package io.deltaferry.cli.doctor.access;

import java.util.Map;
import java.util.Set;

/** Which roles include which, as far as these checks meet them. */
final class Roles {
  private static final Map<String, Set<String>> INCLUDED_IN =
      Map.of(
          "roles/storage.objectCreator",
          Set.of("roles/storage.objectUser", "roles/storage.objectAdmin", "roles/storage.admin"),
          "roles/storage.objectViewer",
          Set.of("roles/storage.objectUser", "roles/storage.objectAdmin", "roles/storage.admin"),
          "roles/storage.legacyBucketReader",
          Set.of(
              "roles/storage.legacyBucketWriter",
              "roles/storage.legacyBucketOwner",
              "roles/storage.bucketViewer",
              "roles/storage.admin"),
          "roles/pubsub.publisher",
          Set.of("roles/pubsub.editor", "roles/pubsub.admin"),
          "roles/pubsub.subscriber",
          Set.of("roles/pubsub.editor", "roles/pubsub.admin"),
          "roles/bigquery.dataViewer",
          Set.of(
              "roles/bigquery.dataEditor",
              "roles/bigquery.dataOwner",
              "roles/bigquery.admin",
              // Access lists of datasets have names of their own for the basic roles.
              "READER",
              "WRITER",
              "OWNER"),
          "roles/bigquery.dataEditor",
          Set.of("roles/bigquery.dataOwner", "roles/bigquery.admin", "WRITER", "OWNER"),
          "roles/bigquery.jobUser",
          Set.of("roles/bigquery.user", "roles/bigquery.admin"),
          "roles/run.jobsExecutorWithOverrides",
          Set.of("roles/run.developer", "roles/run.admin"));

  private static final Set<String> EVERYTHING = Set.of("roles/owner", "roles/editor");

  private Roles() {}

  static boolean includes(String granted, String needed) {
    return granted.equals(needed)
        || EVERYTHING.contains(granted)
        || INCLUDED_IN.getOrDefault(needed, Set.of()).contains(granted);
  }
}
