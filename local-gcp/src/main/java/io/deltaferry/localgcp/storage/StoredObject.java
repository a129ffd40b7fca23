package io.deltaferry.localgcp.storage;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One live object, without its content.
 *
 * @param generation which content this is; grows with every new content
 * @param metageneration which metadata of that content this is, from 1
 * @param size in bytes, as stored
 * @param crc32c big-endian base64, as the API shows it
 * @param md5 base64; null for a composed object, as in Cloud Storage
 * @param componentCount how many objects it was composed of; 0 when it was not
 * @param created when this generation was written
 * @param updated when its metadata last changed
 */
public record StoredObject(
    String bucket,
    String name,
    long generation,
    long metageneration,
    long size,
    String crc32c,
    @Nullable String md5,
    int componentCount,
    Instant created,
    Instant updated,
    ObjectAttributes attributes) {

  StoredObject withAttributes(ObjectAttributes changed, Instant now) {
    return new StoredObject(
        bucket,
        name,
        generation,
        metageneration + 1,
        size,
        crc32c,
        md5,
        componentCount,
        created,
        now,
        changed);
  }

  /** Changes with every generation and metageneration. */
  String etag() {
    return Long.toString(generation, 36) + "-" + metageneration;
  }
}
