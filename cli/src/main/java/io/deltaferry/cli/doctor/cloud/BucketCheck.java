package io.deltaferry.cli.doctor.cloud;

import com.google.cloud.storage.Bucket;
import io.deltaferry.cli.doctor.Check;
import io.deltaferry.cli.doctor.Finding;
import io.deltaferry.cli.doctor.Remedy;
import java.util.Locale;
import java.util.Map;

/** The staging bucket is there, where BigQuery can load from it. */
public record BucketCheck(Cloud cloud) implements Check {
  /** Regions that lie within a multi-region, by how their names begin. */
  private static final Map<String, String> REGIONS = Map.of("US", "US-", "EU", "EUROPE-");

  @Override
  public String area() {
    return "bucket";
  }

  @Override
  public String name() {
    return "exists";
  }

  @Override
  public Finding look() {
    Bucket bucket = cloud.storage().get(cloud.bucket());
    if (bucket == null) {
      return Finding.missing("no gs://" + cloud.bucket(), new Gcloud(cloud).createBucket());
    }
    String at = bucket.getLocation().toUpperCase(Locale.ROOT);
    String wanted = cloud.location().toUpperCase(Locale.ROOT);
    String within = REGIONS.get(wanted);
    if (at.equals(wanted) || (within != null && at.startsWith(within))) {
      return Finding.ok("gs://" + cloud.bucket() + " in " + at);
    }
    return Finding.missing(
        "gs://%s is in %s, BigQuery loads into %s".formatted(cloud.bucket(), at, wanted),
        Remedy.advice(
            "a bucket cannot move: create one in " + wanted + " and name it under `bucket`"));
  }
}
