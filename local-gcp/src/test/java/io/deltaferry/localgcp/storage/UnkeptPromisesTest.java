package io.deltaferry.localgcp.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.cloud.storage.Acl;
import com.google.cloud.storage.BlobId;
import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.Storage.BlobTargetOption;
import com.google.cloud.storage.Storage.CopyRequest;
import com.google.cloud.storage.Storage.PredefinedAcl;
import com.google.cloud.storage.StorageException;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a writer asks for and this storage does not do is refused, not forgotten. */
class UnkeptPromisesTest {
  private static final BlobInfo INFO = BlobInfo.newBuilder(Cloud.BUCKET, "a").build();

  Cloud cloud;

  @BeforeEach
  void start(@TempDir Path directory) {
    cloud = Cloud.fresh(directory);
  }

  @AfterEach
  void stop() {
    cloud.close();
  }

  @Test
  void accessControlListsAreRefusedBecauseNobodysAccessIsChecked() {
    BlobTargetOption everyone = BlobTargetOption.predefinedAcl(PredefinedAcl.PUBLIC_READ);
    refused("predefinedAcl", () -> cloud.client.create(INFO, new byte[1], everyone));
    Acl reader = Acl.of(Acl.User.ofAllUsers(), Acl.Role.READER);
    BlobInfo own = INFO.toBuilder().setAcl(List.of(reader)).build();
    refused("acl", () -> cloud.client.create(own, new byte[1]));
    assertThat(cloud.local.list(Cloud.BUCKET, "")).isEmpty();
  }

  @Test
  void keysAreRefusedBecauseNothingIsEncrypted() {
    BlobTargetOption key = BlobTargetOption.kmsKeyName("projects/p/locations/l/keyRings/r");
    refused("kmsKeyName", () -> cloud.client.create(INFO, new byte[1], key));
    cloud.client.create(INFO, "1".getBytes(UTF_8));
    CopyRequest copy =
        CopyRequest.newBuilder()
            .setSource(INFO.getBlobId())
            .setTarget(BlobId.of(Cloud.BUCKET, "b"), key)
            .build();
    refused("destinationKmsKeyName", () -> cloud.client.copy(copy).getResult());
  }

  private static void refused(String named, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(StorageException.class, e -> assertThat(e.getCode()).isEqualTo(501))
        .hasMessageContaining(named);
  }
}
