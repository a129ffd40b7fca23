package io.deltaferry.cli.doctor.access;

/**
 * A role that an identity needs.
 *
 * @param identity a service's, {@code push}, or one of Google's service agents
 * @param name of the thing by its key in the topology, such as {@code staged_deltas}; for datasets
 *     {@code target}, {@code staging} or {@code control}; for services, jobs and identities theirs;
 *     empty where there is only one
 */
public record Grant(String identity, String role, Place place, String name) {
  /** Pub/Sub itself, which moves dead letters. */
  public static final String PUBSUB_AGENT = "pubsub-agent";

  /** Cloud Storage itself, which tells of manifests. */
  public static final String STORAGE_AGENT = "storage-agent";

  /** What a role is granted on. */
  public enum Place {
    BUCKET,
    TOPIC,
    SUBSCRIPTION,
    DATASET,
    PROJECT,
    SECRET,
    SERVICE,
    JOB,
    IDENTITY
  }
}
