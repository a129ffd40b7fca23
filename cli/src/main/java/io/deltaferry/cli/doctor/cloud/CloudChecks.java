package io.deltaferry.cli.doctor.cloud;

import io.deltaferry.cli.doctor.Check;
import io.deltaferry.service.Topology;
import io.deltaferry.table.TableConfig;
import io.deltaferry.table.TableFile;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** All checks of what Terraform makes. */
public final class CloudChecks {
  private CloudChecks() {}

  /** In the order in which they are to be read. */
  public static List<Check> of(Cloud cloud) {
    return of(cloud, ExtractJob.CLOUD_RUN);
  }

  /** As {@link #of(Cloud)}, with another address of an API that no client here knows. */
  static List<Check> of(Cloud cloud, URI run) {
    List<Check> checks = new ArrayList<>();
    checks.add(new CredentialsCheck(cloud));
    checks.add(new ProjectCheck(cloud));
    if (!cloud.isLocal()) {
      checks.addAll(ApiCheck.all(cloud));
    }
    checks.add(new BucketCheck(cloud));
    checks.add(new BucketAccessCheck(cloud));
    checks.add(new BucketLifecycleCheck(cloud));
    checks.add(new NotificationCheck(cloud));
    for (String key : Topology.DEFAULT.topics().byKey().keySet().stream().sorted().toList()) {
      checks.add(new TopicCheck(cloud, cloud.topic(key)));
    }
    checks.addAll(subscriptions(cloud));
    datasets(cloud.tables()).forEach(dataset -> checks.add(new DatasetCheck(cloud, dataset)));
    Http http = new Http();
    Topology.DEFAULT
        .services()
        .forEach(
            (name, service) ->
                checks.add(new ServiceCheck(cloud, http, cloud.topic(service.topic()), name)));
    // A local stack has one anyway, in the process that starts it.
    if (!cloud.isLocal() && !ExtractJob.tables(cloud.tables()).isEmpty()) {
      checks.add(new JobCheck(cloud, new ExtractJob(cloud, http, run)));
    }
    return checks;
  }

  /** Target, staging and control, and the datasets that single tables name. */
  public static Set<String> datasets(TableFile tables) {
    Set<String> datasets = new LinkedHashSet<>();
    datasets.add(tables.target().dataset());
    for (TableConfig table : tables.tables()) {
      datasets.add(table.target().dataset());
    }
    datasets.add(tables.target().stagingDataset());
    datasets.add(tables.target().controlDataset());
    return datasets;
  }

  private static Collection<Check> subscriptions(Cloud cloud) {
    List<Check> checks = new ArrayList<>();
    Topology.DEFAULT
        .services()
        .forEach(
            (name, service) ->
                checks.add(new PushSubscriptionCheck(cloud, cloud.topic(service.topic()), name)));
    checks.add(new DeadLetterSubscriptionCheck(cloud));
    return checks;
  }
}
