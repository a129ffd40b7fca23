package io.deltaferry.localgcp.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Changes objects and tells about it. */
final class ObjectStore {
  private final Buckets buckets;
  private final EventPublisher events;

  ObjectStore(Buckets buckets, EventPublisher events) {
    this.buckets = buckets;
    this.events = events;
  }

  Buckets buckets() {
    return buckets;
  }

  /** Makes received content an object, or removes the content. */
  StoredObject add(String bucketName, Draft draft, Content content) throws IOException {
    try {
      Bucket bucket = buckets.require(bucketName);
      Contents.Change change = bucket.contents().add(draft, content);
      events.published(bucket, change);
      return after(change);
    } finally {
      Files.deleteIfExists(content.file());
    }
  }

  StoredObject change(
      String bucketName,
      String name,
      @Nullable Long generation,
      Preconditions preconditions,
      UnaryOperator<ObjectAttributes> attributes)
      throws IOException {
    Bucket bucket = buckets.require(bucketName);
    Contents.Change change = bucket.contents().change(name, generation, preconditions, attributes);
    events.published(bucket, change);
    return after(change);
  }

  void remove(
      String bucketName, String name, @Nullable Long generation, Preconditions preconditions)
      throws IOException {
    Bucket bucket = buckets.require(bucketName);
    events.published(bucket, bucket.contents().remove(name, generation, preconditions));
  }

  private static StoredObject after(Contents.Change change) {
    if (change.after() == null) {
      throw new IllegalStateException("a write leaves an object");
    }
    return change.after();
  }
}
