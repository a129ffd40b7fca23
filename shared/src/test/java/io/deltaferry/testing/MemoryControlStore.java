package io.deltaferry.testing;

import io.deltaferry.run.ControlStore;
import io.deltaferry.run.StoredObject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

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
        new Created(true, content, new StoredObject(name, content.length(), now, metadata));
    objects.put(name, created);
    return created;
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
