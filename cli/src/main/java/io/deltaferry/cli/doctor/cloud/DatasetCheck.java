package io.deltaferry.cli.doctor.cloud;

import com.google.cloud.bigquery.Dataset;
import com.google.cloud.bigquery.DatasetId;
import io.deltaferry.cli.doctor.Check;
import io.deltaferry.cli.doctor.Finding;
import io.deltaferry.cli.doctor.Remedy;

/** A dataset is there, where the table file says, and keeps its tables. */
public record DatasetCheck(Cloud cloud, String name) implements Check {
  @Override
  public String area() {
    return "dataset";
  }

  @Override
  public Finding look() {
    Dataset dataset = cloud.bigQuery().getDataset(DatasetId.of(cloud.project(), name));
    if (dataset == null) {
      return Finding.missing(
          "no such dataset in " + cloud.project(), new Gcloud(cloud).createDataset(name));
    }
    String at = String.valueOf(dataset.getLocation());
    if (!at.equalsIgnoreCase(cloud.location())) {
      return Finding.missing(
          "in %s, the table file says %s".formatted(at, cloud.location()),
          Remedy.advice(
              "a dataset cannot move: set `target.location: %s`, or name another dataset"
                  .formatted(at)));
    }
    Long lifetime = dataset.getDefaultTableLifetime();
    return lifetime == null || name.equals(cloud.tables().target().stagingDataset())
        ? Finding.ok("in " + at)
        : Finding.missing(
            "its new tables are deleted by themselves", new Gcloud(cloud).keepTables(name));
  }
}
