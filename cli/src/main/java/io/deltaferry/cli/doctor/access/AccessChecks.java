package io.deltaferry.cli.doctor.access;

import io.deltaferry.cli.doctor.Check;
import io.deltaferry.cli.doctor.access.Grant.Place;
import io.deltaferry.cli.doctor.cloud.Cloud;
import io.deltaferry.cli.doctor.cloud.CloudChecks;
import io.deltaferry.cli.doctor.cloud.ExtractJob;
import io.deltaferry.cli.doctor.cloud.Http;
import io.deltaferry.config.Secret;
import io.deltaferry.service.Topology;
import io.deltaferry.table.TargetConfig;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All checks of who may do what. */
public final class AccessChecks {
  private static final URI RESOURCE_MANAGER =
      URI.create("https://cloudresourcemanager.googleapis.com");
  private static final URI SECRET_MANAGER = URI.create("https://secretmanager.googleapis.com");

  private final Cloud cloud;
  private final Http http = new Http();
  private final URI resourceManager;
  private final URI secretManager;
  private final URI run;
  private final RestPolicy project;
  private final List<Grant> grants = new ArrayList<>(Grants.all());
  private final List<Check> checks = new ArrayList<>();

  private AccessChecks(Cloud cloud, URI resourceManager, URI secretManager, URI run) {
    this.run = run;
    this.secretManager = secretManager;
    this.cloud = cloud;
    this.resourceManager = resourceManager;
    this.project = RestPolicy.ofProject(cloud.project(), cloud, http, resourceManager);
  }

  /** In the order in which they are to be read. */
  public static List<Check> of(Cloud cloud) {
    return of(cloud, RESOURCE_MANAGER, SECRET_MANAGER, ExtractJob.CLOUD_RUN);
  }

  /** As {@link #of(Cloud)}, with other addresses of the APIs that no client here knows. */
  static List<Check> of(Cloud cloud, URI resourceManager, URI secretManager, URI run) {
    AccessChecks access = new AccessChecks(cloud, resourceManager, secretManager, run);
    access.addPermissions();
    access.addGrants();
    return access.checks;
  }

  /** What `sync`, `status` and `query` do. */
  private void addPermissions() {
    checks.add(
        new PermissionsCheck(
            cloud,
            new PermissionSource.OfBucket(cloud),
            List.of("storage.objects.get", "storage.objects.list"),
            "roles/storage.objectViewer"));
    checks.add(
        new PermissionsCheck(
            cloud,
            new PermissionSource.OfTopic(cloud, cloud.topic("extract_requests")),
            List.of("pubsub.topics.publish"),
            "roles/pubsub.publisher"));
    for (String topic : List.of("loaded_deltas", "sync_completed", "dead_letters")) {
      checks.add(
          new PermissionsCheck(
              cloud,
              new PermissionSource.OfTopic(cloud, cloud.topic(topic)),
              List.of("pubsub.topics.attachSubscription"),
              "roles/pubsub.subscriber"));
    }
    checks.add(new QueryPermissionCheck(cloud));
    checks.add(
        new PermissionsCheck(
            cloud,
            new PermissionSource.OfTable(
                cloud, cloud.tables().target().controlDataset(), "sync_runs"),
            List.of("bigquery.tables.get", "bigquery.tables.getData"),
            "roles/bigquery.dataViewer"));
  }

  private void addGrants() {
    add(new PolicySource.OfBucket(cloud), Place.BUCKET, "");
    for (String key : Topology.DEFAULT.topics().byKey().keySet().stream().sorted().toList()) {
      add(new PolicySource.OfTopic(cloud, cloud.topic(key)), Place.TOPIC, key);
    }
    for (Topology.Service service : Topology.DEFAULT.services().values()) {
      String subscription = cloud.pushSubscription(cloud.topic(service.topic()));
      add(
          new PolicySource.OfSubscription(cloud, subscription),
          Place.SUBSCRIPTION,
          service.topic());
    }
    for (String dataset : CloudChecks.datasets(cloud.tables())) {
      add(new PolicySource.OfDataset(cloud, dataset), Place.DATASET, purpose(dataset));
    }
    if (!ExtractJob.tables(cloud.tables()).isEmpty()) {
      grants.add(Grants.ofJob());
      add(new JobPolicy(cloud, http, run), Place.JOB, Grants.ofJob().name());
    }
    addProjects();
    addSecret(cloud.tables().source().password());
    addSecret(cloud.tables().hashKey());
  }

  private void addSecret(@Nullable Secret secret) {
    if (secret instanceof Secret.Reference reference) {
      String name = reference.version().replaceFirst("/versions/.*", "");
      grants.add(Grants.ofSecret());
      add(RestPolicy.ofSecret(name, cloud, http, secretManager), Place.SECRET, "");
    }
  }

  /** The database may belong to another project than the rest. */
  private void addProjects() {
    List<Grant> ofSource = Grants.ofSource(cloud.tables().source());
    String owner = Grants.projectOf(cloud.tables().source()).orElse(cloud.project());
    if (owner.equals(cloud.project())) {
      grants.addAll(ofSource);
    } else {
      RestPolicy other = RestPolicy.ofProject(owner, cloud, http, resourceManager);
      checks.add(new GrantsCheck(cloud, other, other, ofSource));
    }
    add(project, Place.PROJECT, "");
  }

  private void add(PolicySource source, Place place, String name) {
    List<Grant> wanted =
        grants.stream()
            .filter(grant -> grant.place() == place && grant.name().equals(name))
            .toList();
    if (!wanted.isEmpty()) {
      checks.add(new GrantsCheck(cloud, source, project, wanted));
    }
  }

  private String purpose(String dataset) {
    TargetConfig target = cloud.tables().target();
    if (dataset.equals(target.stagingDataset())) {
      return "staging";
    }
    return dataset.equals(target.controlDataset()) ? "control" : "target";
  }
}
