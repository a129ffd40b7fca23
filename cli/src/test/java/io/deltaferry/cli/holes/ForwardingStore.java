package io.deltaferry.cli.holes;

import io.deltaferry.run.ControlStore;
import io.deltaferry.run.StoredObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A control store that does what another does, but for what a test changes. */
abstract class ForwardingStore implements ControlStore {
  final ControlStore store;

  ForwardingStore(ControlStore store) {
    this.store = store;
  }

  @Override
  public Created create(String name, String content, Map<String, String> metadata) {
    return store.create(name, content, metadata);
  }

  @Override
  public Optional<String> read(String name) {
    return store.read(name);
  }

  @Override
  public List<StoredObject> list(String prefix, int limit) {
    return store.list(prefix, limit);
  }
}
