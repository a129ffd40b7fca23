package io.deltaferry.cli.local;

import com.google.cloud.storage.BucketInfo;
import com.google.cloud.storage.BucketInfo.IamConfiguration;
import com.google.cloud.storage.BucketInfo.LifecycleRule;
import com.google.cloud.storage.BucketInfo.LifecycleRule.LifecycleAction;
import com.google.cloud.storage.BucketInfo.LifecycleRule.LifecycleCondition;
import com.google.cloud.storage.BucketInfo.PublicAccessPrevention;
import com.google.cloud.storage.BucketInfo.SoftDeletePolicy;
import io.deltaferry.service.Topology;
import java.util.List;

/** The staging bucket's settings: closed to the public, no access lists, cleans up by itself. */
final class StagingBucket {
  private StagingBucket() {}

  static BucketInfo of(String name, String location) {
    Topology.Bucket shape = Topology.DEFAULT.bucket();
    return BucketInfo.newBuilder(name)
        .setLocation(location)
        .setIamConfiguration(
            IamConfiguration.newBuilder()
                .setIsUniformBucketLevelAccessEnabled(true)
                .setPublicAccessPrevention(PublicAccessPrevention.ENFORCED)
                .build())
        .setSoftDeletePolicy(
            SoftDeletePolicy.newBuilder().setRetentionDuration(shape.softDelete()).build())
        .setLifecycleRules(
            shape.expireDays().entrySet().stream()
                .map(expiry -> deletion(expiry.getKey(), expiry.getValue()))
                .toList())
        .build();
  }

  private static LifecycleRule deletion(String prefix, int days) {
    return new LifecycleRule(
        LifecycleAction.newDeleteAction(),
        LifecycleCondition.newBuilder().setAge(days).setMatchesPrefix(List.of(prefix)).build());
  }
}
