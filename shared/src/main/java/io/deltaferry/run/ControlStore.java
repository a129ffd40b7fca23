package io.deltaferry.run;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Create-only objects: the first writer wins, every later one reads what won (architecture rule 1).
 * All methods throw {@link io.deltaferry.error.DeltaferryException} STAGING_UNAVAILABLE when the
 * bucket does not answer or refuses for now.
 */
public interface ControlStore {
  /** Creates the object unless it exists; the answer is what is stored now. */
  Created create(String name, String content, Map<String, String> metadata);

  Optional<String> read(String name);

  /** At most {@code limit} objects below the prefix, in name order. */
  List<StoredObject> list(String prefix, int limit);

  /**
   * The result of a create.
   *
   * @param won whether this call created it
   * @param content what is stored
   */
  record Created(boolean won, String content, StoredObject object) {}
}
