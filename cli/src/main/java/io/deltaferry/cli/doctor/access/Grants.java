package io.deltaferry.cli.doctor.access;

import static io.deltaferry.cli.doctor.access.Grant.PUBSUB_AGENT;
import static io.deltaferry.cli.doctor.access.Grant.STORAGE_AGENT;

import io.deltaferry.cli.doctor.access.Grant.Place;
import io.deltaferry.service.Topology;
import io.deltaferry.table.SourceConfig;
import io.deltaferry.table.SourceEndpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Every role that the services and Google's agents need, and none that they do not. */
public final class Grants {
  private static final String EXTRACTOR = "extractor";
  private static final String LOADER = "loader";
  private static final String MERGER = "merger";
  private static final List<String> SERVICES = List.of(EXTRACTOR, LOADER, MERGER);
  private static final String PUBLISHER = "roles/pubsub.publisher";
  private static final String VIEWER = "roles/bigquery.dataViewer";
  private static final String EDITOR = "roles/bigquery.dataEditor";

  private Grants() {}

  /** All of them but those that depend on the source. */
  public static List<Grant> all() {
    List<Grant> all = new ArrayList<>();
    all.addAll(bucket());
    all.addAll(topics());
    all.addAll(subscriptions());
    all.addAll(datasets());
    for (String service : SERVICES) {
      all.add(new Grant(service, "roles/bigquery.jobUser", Place.PROJECT, ""));
      all.add(new Grant("push", "roles/run.invoker", Place.SERVICE, service));
    }
    all.add(
        new Grant(
            PUBSUB_AGENT, "roles/iam.serviceAccountOpenIdTokenCreator", Place.IDENTITY, "push"));
    return all;
  }

  /** What the extractor needs to reach the database. */
  public static List<Grant> ofSource(SourceConfig source) {
    List<String> roles = new ArrayList<>();
    if (source.endpoint() instanceof SourceEndpoint.AlloyDb) {
      roles.addAll(List.of("roles/alloydb.client", "roles/serviceusage.serviceUsageConsumer"));
      if (source.iamAuth()) {
        roles.add("roles/alloydb.databaseUser");
      }
    } else if (source.endpoint() instanceof SourceEndpoint.CloudSql) {
      roles.add("roles/cloudsql.client");
      if (source.iamAuth()) {
        roles.add("roles/cloudsql.instanceUser");
      }
    }
    return roles.stream().map(role -> new Grant(EXTRACTOR, role, Place.PROJECT, "")).toList();
  }

  /** The project of a database that a connector reaches. */
  static Optional<String> projectOf(SourceConfig source) {
    if (source.endpoint() instanceof SourceEndpoint.AlloyDb alloyDb) {
      return Optional.of(alloyDb.instance().split("/", -1)[1]);
    }
    // A project's name may hold a colon itself.
    return source.endpoint() instanceof SourceEndpoint.CloudSql cloudSql
        ? Optional.of(cloudSql.instance().replaceFirst(":[^:]+:[^:]+$", ""))
        : Optional.empty();
  }

  /** What the extractor needs to read the database's password. */
  public static Grant ofSecret() {
    return new Grant(EXTRACTOR, "roles/secretmanager.secretAccessor", Place.SECRET, "");
  }

  /** What the extractor needs to start the job, where a table asks for one. */
  public static Grant ofJob() {
    return new Grant(
        EXTRACTOR, "roles/run.jobsExecutorWithOverrides", Place.JOB, Topology.DEFAULT.job().name());
  }

  /** Everybody writes each object once and reads others'; nobody overwrites or deletes. */
  private static List<Grant> bucket() {
    List<Grant> grants = new ArrayList<>();
    for (String service : SERVICES) {
      grants.add(new Grant(service, "roles/storage.objectCreator", Place.BUCKET, ""));
      grants.add(new Grant(service, "roles/storage.objectViewer", Place.BUCKET, ""));
    }
    // A load job looks at its bucket too, as whoever started it.
    grants.add(new Grant(LOADER, "roles/storage.legacyBucketReader", Place.BUCKET, ""));
    return grants;
  }

  private static List<Grant> topics() {
    List<Grant> grants = new ArrayList<>();
    for (String service : SERVICES) {
      // The end of a run is told, the request that waited for it asked again, the hopeless buried.
      for (String topic : List.of("sync_completed", "extract_requests", "dead_letters")) {
        grants.add(new Grant(service, PUBLISHER, Place.TOPIC, topic));
      }
    }
    grants.add(new Grant(EXTRACTOR, PUBLISHER, Place.TOPIC, "staged_deltas"));
    grants.add(new Grant(LOADER, PUBLISHER, Place.TOPIC, "loaded_deltas"));
    // Whose job takes long leaves it to another delivery.
    grants.add(new Grant(LOADER, PUBLISHER, Place.TOPIC, "staged_deltas"));
    grants.add(new Grant(MERGER, PUBLISHER, Place.TOPIC, "loaded_deltas"));
    grants.add(new Grant(STORAGE_AGENT, PUBLISHER, Place.TOPIC, "staged_deltas"));
    grants.add(new Grant(PUBSUB_AGENT, PUBLISHER, Place.TOPIC, "dead_letters"));
    return grants;
  }

  /** Without it Pub/Sub cannot take a message off that it has buried. */
  private static List<Grant> subscriptions() {
    return Topology.DEFAULT.services().values().stream()
        .map(
            service ->
                new Grant(
                    PUBSUB_AGENT, "roles/pubsub.subscriber", Place.SUBSCRIPTION, service.topic()))
        .toList();
  }

  private static List<Grant> datasets() {
    return List.of(
        new Grant(EXTRACTOR, VIEWER, Place.DATASET, "target"),
        // What happens to a run is told by whoever it happens to.
        new Grant(EXTRACTOR, EDITOR, Place.DATASET, "control"),
        new Grant(LOADER, EDITOR, Place.DATASET, "control"),
        new Grant(LOADER, EDITOR, Place.DATASET, "staging"),
        new Grant(MERGER, EDITOR, Place.DATASET, "target"),
        new Grant(MERGER, EDITOR, Place.DATASET, "staging"),
        new Grant(MERGER, EDITOR, Place.DATASET, "control"));
  }
}
