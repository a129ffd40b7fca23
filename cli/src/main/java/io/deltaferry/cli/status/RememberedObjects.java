package io.deltaferry.cli.status;

import io.deltaferry.run.ControlStore;
import io.deltaferry.run.StoredObject;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads each object once: no object of a run is ever written a second time. */
final class RememberedObjects implements ControlStore {
  private static final int KEPT = 10_000;

  private final ControlStore control;
  private final Map<String, String> contents =
      Collections.synchronizedMap(
          new LinkedHashMap<>() {
            @java.io.Serial private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
              return size() > KEPT;
            }
          });

  RememberedObjects(ControlStore control) {
    this.control = control;
  }

  @Override
  public Created create(String name, String content, Map<String, String> metadata) {
    throw new UnsupportedOperationException("a status changes nothing");
  }

  @Override
  public Optional<String> read(String name) {
    String known = contents.get(name);
    if (known != null) {
      return Optional.of(known);
    }
    Optional<String> content = control.read(name);
    content.ifPresent(text -> contents.put(name, text));
    return content;
  }

  @Override
  public List<StoredObject> list(String prefix, int limit) {
    return control.list(prefix, limit);
  }
}
