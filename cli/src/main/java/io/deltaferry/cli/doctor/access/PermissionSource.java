package io.deltaferry.cli.doctor.access;

import com.google.cloud.bigquery.BigQueryException;
import com.google.cloud.bigquery.TableId;
import com.google.iam.v1.TestIamPermissionsRequest;
import io.deltaferry.cli.doctor.NotCheckedException;
import io.deltaferry.cli.doctor.cloud.Cloud;
import java.util.ArrayList;
import java.util.List;

/** One resource that says what its caller may do with it. */
interface PermissionSource {
  /** What the resource is called in a line. */
  String describe();

  /** Those of the permissions that the caller has. */
  List<String> granted(List<String> asked);

  /** The command that grants a role on it. */
  String addBinding(String member, String role);

  /** The staging bucket. */
  record OfBucket(Cloud cloud) implements PermissionSource {
    @Override
    public String describe() {
      return "the bucket";
    }

    @Override
    public List<String> granted(List<String> asked) {
      cloud.requiredBucket();
      List<Boolean> answers = cloud.storage().testIamPermissions(cloud.bucket(), asked);
      List<String> granted = new ArrayList<>();
      for (int i = 0; i < asked.size(); i++) {
        if (answers.get(i)) {
          granted.add(asked.get(i));
        }
      }
      return granted;
    }

    @Override
    public String addBinding(String member, String role) {
      return new PolicySource.OfBucket(cloud).addBinding(member, role);
    }
  }

  /** A topic. */
  record OfTopic(Cloud cloud, String topic) implements PermissionSource {
    @Override
    public String describe() {
      return "topic " + topic;
    }

    @Override
    public List<String> granted(List<String> asked) {
      return cloud
          .topics()
          .testIamPermissions(
              TestIamPermissionsRequest.newBuilder()
                  .setResource(cloud.topicPath(topic))
                  .addAllPermissions(asked)
                  .build())
          .getPermissionsList();
    }

    @Override
    public String addBinding(String member, String role) {
      return new PolicySource.OfTopic(cloud, topic).addBinding(member, role);
    }
  }

  /** A table of a dataset; BigQuery answers this question for tables only. */
  record OfTable(Cloud cloud, String dataset, String table) implements PermissionSource {
    private static final int ABSENT = 404;

    @Override
    public String describe() {
      return "dataset " + dataset;
    }

    @Override
    public List<String> granted(List<String> asked) {
      try {
        return cloud
            .bigQuery()
            .testIamPermissions(TableId.of(cloud.project(), dataset, table), asked);
      } catch (BigQueryException e) {
        if (e.getCode() == ABSENT) {
          throw new NotCheckedException("there is no table " + table + " before the first run");
        }
        throw e;
      }
    }

    @Override
    public String addBinding(String member, String role) {
      return new PolicySource.OfDataset(cloud, dataset).addBinding(member, role);
    }
  }
}
