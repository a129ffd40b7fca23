package io.deltaferry.cli.doctor.cloud;

import com.google.cloud.bigquery.BigQuery.DatasetListOption;
import io.deltaferry.cli.doctor.Check;
import io.deltaferry.cli.doctor.Finding;
import io.deltaferry.cli.doctor.GoogleRefusal;
import io.deltaferry.cli.doctor.Remedy;
import java.util.Optional;

/** The project is there and knows the caller. */
public record ProjectCheck(Cloud cloud) implements Check {
  @Override
  public String area() {
    return "project";
  }

  @Override
  public String name() {
    return cloud.project();
  }

  @Override
  public Finding look() {
    try {
      cloud.bigQuery().listDatasets(cloud.project(), DatasetListOption.pageSize(1));
      return Finding.ok(cloud.isLocal() ? "on this machine" : "answers");
    } catch (RuntimeException e) {
      if (GoogleRefusal.of(e).equals(Optional.of(GoogleRefusal.NOT_FOUND))) {
        return Finding.missing(
            "no such project, or not for you",
            Remedy.shell("gcloud projects describe " + cloud.project()));
      }
      throw e;
    }
  }
}
