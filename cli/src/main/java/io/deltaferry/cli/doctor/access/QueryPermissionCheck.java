package io.deltaferry.cli.doctor.access;

import com.google.cloud.bigquery.JobInfo;
import com.google.cloud.bigquery.QueryJobConfiguration;
import io.deltaferry.cli.doctor.Check;
import io.deltaferry.cli.doctor.Finding;
import io.deltaferry.cli.doctor.GoogleRefusal;
import io.deltaferry.cli.doctor.NotCheckedException;
import io.deltaferry.cli.doctor.Remedy;
import io.deltaferry.cli.doctor.cloud.Cloud;
import java.util.Optional;

/** The caller may run queries in the project: one is asked for that runs nothing. */
record QueryPermissionCheck(Cloud cloud) implements Check {
  @Override
  public String area() {
    return "permissions";
  }

  @Override
  public String name() {
    return "yours to query";
  }

  @Override
  public Finding look() {
    if (cloud.isLocal()) {
      throw new NotCheckedException("no IAM here");
    }
    QueryJobConfiguration nothing =
        QueryJobConfiguration.newBuilder("SELECT 1").setUseLegacySql(false).setDryRun(true).build();
    try {
      cloud.bigQuery().create(JobInfo.of(nothing));
      return Finding.ok("bigquery.jobs.create");
    } catch (RuntimeException e) {
      if (GoogleRefusal.of(e).equals(Optional.of(GoogleRefusal.DENIED))) {
        return Finding.missing(
            "you lack bigquery.jobs.create",
            Remedy.shell(
                "gcloud projects add-iam-policy-binding %s --member=\"%s\" --role=%s --condition=None"
                    .formatted(
                        cloud.project(), PermissionsCheck.CALLER, "roles/bigquery.jobUser")));
      }
      throw e;
    }
  }
}
