package io.deltaferry.localgcp.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.cloud.Identity;
import com.google.cloud.Policy;
import com.google.cloud.storage.BucketInfo;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.StorageException;
import com.google.cloud.storage.StorageRoles;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BucketPolicyTest {
  private static final Identity READER =
      Identity.serviceAccount("reader@p.iam.gserviceaccount.com");

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it first
  private Path directory;

  @Test
  void keepsThePolicyAcrossARestartAndBesideTheBucketsOtherSettings() {
    try (Cloud cloud = Cloud.fresh(directory)) {
      assertThat(cloud.client.getIamPolicy(Cloud.BUCKET).getBindings()).isEmpty();
      grant(cloud.client);
      cloud.client.update(BucketInfo.newBuilder(Cloud.BUCKET).setRpo(null).build());
    }
    try (Cloud again = new Cloud(directory)) {
      assertThat(again.client.getIamPolicy(Cloud.BUCKET).getBindings())
          .hasEntrySatisfying(
              StorageRoles.objectViewer(), members -> assertThat(members).containsOnly(READER));
    }
  }

  @Test
  void refusesAPolicyThatIsBasedOnAnOlderOne() {
    try (Cloud cloud = Cloud.fresh(directory)) {
      Policy old = cloud.client.getIamPolicy(Cloud.BUCKET);
      grant(cloud.client);
      assertThatThrownBy(() -> cloud.client.setIamPolicy(Cloud.BUCKET, old))
          .isInstanceOfSatisfying(
              StorageException.class, e -> assertThat(e.getCode()).isEqualTo(412));
    }
  }

  @Test
  void everybodyMayEverythingWithABucketThatExists() {
    try (Cloud cloud = Cloud.fresh(directory)) {
      List<String> asked = List.of("storage.objects.get", "storage.objects.list");
      assertThat(cloud.client.testIamPermissions(Cloud.BUCKET, asked)).containsExactly(true, true);
      assertThatThrownBy(() -> cloud.client.testIamPermissions("nothing-here", asked))
          .isInstanceOfSatisfying(
              StorageException.class, e -> assertThat(e.getCode()).isEqualTo(404));
    }
  }

  private static void grant(Storage client) {
    Policy policy = client.getIamPolicy(Cloud.BUCKET);
    client.setIamPolicy(
        Cloud.BUCKET, policy.toBuilder().addIdentity(StorageRoles.objectViewer(), READER).build());
  }
}
