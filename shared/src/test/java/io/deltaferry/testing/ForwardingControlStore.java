package io.deltaferry.testing;

import io.deltaferry.run.ControlStore;
import io.deltaferry.run.StoredObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A bucket that does what another does, but for what a test makes of it. */
public class ForwardingControlStore implements ControlStore {
  private final ControlStore bucket;

  protected ForwardingControlStore(ControlStore bucket) {
    this.bucket = bucket;
  }

  @Override
  public Created create(String name, String content, Map<String, String> metadata) {
    return bucket.create(name, content, metadata);
  }

  @Override
  public Optional<String> read(String name) {
    return bucket.read(name);
  }

  @Override
  public List<StoredObject> list(String prefix, int limit) {
    return bucket.list(prefix, limit);
  }
}
