package io.deltaferry.cli.holes;

import io.deltaferry.run.ControlStore;
import io.deltaferry.testing.ForwardingControlStore;
import java.util.Map;

/** Tells of manifests that have been written, as the bucket does. */
final class NotifyingStore extends ForwardingControlStore {
  private final Line line;

  NotifyingStore(ControlStore store, Line line) {
    super(store);
    this.line = line;
  }

  @Override
  public Created create(String name, String content, Map<String, String> metadata) {
    Created created = super.create(name, content, metadata);
    if (created.won()) {
      line.created(name, content);
    }
    return created;
  }
}
