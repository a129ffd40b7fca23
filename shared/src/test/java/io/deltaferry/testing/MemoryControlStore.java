package io.deltaferry.testing;

import io.deltaferry.run.ControlStore;
import io.deltaferry.run.StoredObject;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/** A bucket in memory whose clock is set by the test. */
public final class MemoryControlStore implements ControlStore {
  private final Map<String, Created> objects = new TreeMap<>();
  private Instant now = Instant.parse("2026-11-20T12:00:00Z");

  /** Sets the bucket's clock. */
  public void setNow(Instant now) {
    this.now = now;
  }

  @Override
  public synchronized Created create(String name, String content, Map<String, String> metadata) {
    Created existing = objects.get(name);
    if (existing != null) {
      return new Created(false, existing.content(), existing.object());
    }
    Created created =
        new Created(
            true,
            content,
            new StoredObject(name, content.length(), crc32c(content), now, metadata));
    objects.put(name, created);
    return created;
  }

  /** The checksum of a text, as Cloud Storage writes it. */
  static String crc32c(String content) {
    CRC32C checksum = new CRC32C();
    checksum.update(content.getBytes(StandardCharsets.UTF_8));
    return Base64.getEncoder()
        .encodeToString(ByteBuffer.allocate(4).putInt((int) checksum.getValue()).array());
  }

  /** As a person may, and no service. */
  public synchronized void delete(String name) {
    objects.remove(name);
  }

  @Override
  public synchronized Optional<String> read(String name) {
    return Optional.ofNullable(objects.get(name)).map(Created::content);
  }

  @Override
  public synchronized List<StoredObject> list(String prefix, int limit) {
    return objects.values().stream()
        .map(Created::object)
        .filter(object -> object.name().startsWith(prefix))
        .limit(limit)
        .toList();
  }
}
