package io.deltaferry.gcp;

import com.google.cloud.storage.Blob;
import com.google.cloud.storage.BlobId;
import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.Storage.BlobListOption;
import com.google.cloud.storage.Storage.BlobTargetOption;
import com.google.cloud.storage.StorageException;
import io.deltaferry.run.ControlStore;
import io.deltaferry.run.StoredObject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Control objects in a Cloud Storage bucket, each created with {@code ifGenerationMatch=0}. */
public final class StorageControlStore implements ControlStore {
  private final Storage storage;
  private final String bucket;

  public StorageControlStore(Storage storage, String bucket) {
    this.storage = storage;
    this.bucket = bucket;
  }

  @Override
  public Created create(String name, String content, Map<String, String> metadata) {
    BlobInfo info =
        BlobInfo.newBuilder(bucket, name)
            .setContentType("application/json")
            .setMetadata(new HashMap<String, @Nullable String>(metadata))
            .build();
    try {
      Blob blob =
          storage.create(
              info, content.getBytes(StandardCharsets.UTF_8), BlobTargetOption.doesNotExist());
      return new Created(true, content, describe(blob));
    } catch (StorageException e) {
      if (e.getCode() == StorageErrors.PRECONDITION_FAILED) {
        return winner(name);
      }
      throw StorageErrors.unavailable("creating " + name, bucket, e);
    }
  }

  @Override
  public Optional<String> read(String name) {
    try {
      return Optional.of(
          new String(storage.readAllBytes(BlobId.of(bucket, name)), StandardCharsets.UTF_8));
    } catch (StorageException e) {
      // A missing bucket answers 404 too; the create or list that follows says so.
      if (e.getCode() == StorageErrors.NOT_FOUND) {
        return Optional.empty();
      }
      throw StorageErrors.unavailable("reading " + name, bucket, e);
    }
  }

  @Override
  public List<StoredObject> list(String prefix, int limit) {
    try {
      return storage
          .list(bucket, BlobListOption.prefix(prefix), BlobListOption.pageSize(limit))
          .streamAll()
          .limit(limit)
          .map(StorageControlStore::describe)
          .toList();
    } catch (StorageException e) {
      throw StorageErrors.unavailable("listing " + prefix, bucket, e);
    }
  }

  private Created winner(String name) {
    try {
      Blob blob = storage.get(BlobId.of(bucket, name));
      if (blob == null) {
        throw new StorageException(StorageErrors.NOT_FOUND, name + " vanished");
      }
      return new Created(
          false, new String(blob.getContent(), StandardCharsets.UTF_8), describe(blob));
    } catch (StorageException e) {
      throw StorageErrors.unavailable("reading " + name, bucket, e);
    }
  }

  private static StoredObject describe(Blob blob) {
    Map<String, String> metadata = new HashMap<>();
    Map<String, @Nullable String> stored = blob.getMetadata();
    if (stored != null) {
      stored.forEach(
          (key, value) -> {
            if (value != null) {
              metadata.put(key, value);
            }
          });
    }
    OffsetDateTime created = blob.getCreateTimeOffsetDateTime();
    return new StoredObject(
        blob.getName(),
        blob.getSize() == null ? 0 : blob.getSize(),
        blob.getCrc32c() == null ? "" : blob.getCrc32c(),
        created == null ? Instant.EPOCH : created.toInstant(),
        metadata);
  }
}
