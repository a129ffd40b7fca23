package io.deltaferry.cli.doctor.cloud;

import com.google.cloud.storage.BucketInfo.IamConfiguration;
import com.google.cloud.storage.BucketInfo.PublicAccessPrevention;
import io.deltaferry.cli.doctor.Check;
import io.deltaferry.cli.doctor.Finding;
import java.util.ArrayList;
import java.util.List;

/** Nobody reads rows from the bucket but those whom its policy names. */
public record BucketAccessCheck(Cloud cloud) implements Check {
  @Override
  public String area() {
    return "bucket";
  }

  @Override
  public String name() {
    return "closed";
  }

  @Override
  public Finding look() {
    IamConfiguration access = cloud.requiredBucket().getIamConfiguration();
    List<String> open = new ArrayList<>();
    List<String> flags = new ArrayList<>();
    if (access == null || !Boolean.TRUE.equals(access.isUniformBucketLevelAccessEnabled())) {
      open.add("objects may have access lists of their own");
      flags.add("--uniform-bucket-level-access");
    }
    if (access == null || access.getPublicAccessPrevention() != PublicAccessPrevention.ENFORCED) {
      open.add("it may be opened to the public");
      flags.add("--public-access-prevention");
    }
    return open.isEmpty()
        ? Finding.ok("uniform access, public access prevented")
        : Finding.missing(
            String.join("; ", open), new Gcloud(cloud).updateBucket(String.join(" ", flags)));
  }
}
