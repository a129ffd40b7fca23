package io.deltaferry.loader;

import io.deltaferry.copy.PartReceipt;
import io.deltaferry.error.DeltaferryException;
import io.deltaferry.error.ErrorCode;
import io.deltaferry.run.ControlStore;
import io.deltaferry.run.Manifest;
import io.deltaferry.run.StoredObject;
import java.util.List;
import java.util.Optional;

/**
 * Looks for parts that are not what was staged. Asked only where a load went wrong: no service may
 * overwrite or delete an object, so what is missing was removed by a rule of the bucket or a
 * person.
 */
final class DamagedParts {
  private final ControlStore control;

  DamagedParts(ControlStore control) {
    this.control = control;
  }

  /** The failure that names the first of them; nothing when all are as they were staged. */
  Optional<DeltaferryException> in(Manifest manifest) {
    return manifest.parts().stream()
        .flatMap(part -> damage(part).stream())
        .findFirst()
        .map(
            damage ->
                new DeltaferryException(
                    ErrorCode.STAGING_CORRUPT,
                    damage
                        + "; a lifecycle rule or a person changed the bucket. Nothing was merged;"
                        + " ask for the table again"));
  }

  private Optional<String> damage(PartReceipt part) {
    // The name itself is the first of all that begin with it.
    List<StoredObject> found = control.list(part.name(), 1);
    if (found.isEmpty() || !found.get(0).name().equals(part.name())) {
      return Optional.of(part.name() + " is missing");
    }
    StoredObject stored = found.get(0);
    if (stored.size() != part.bytes()) {
      return Optional.of(
          "%s has %d bytes, and %d were staged"
              .formatted(part.name(), stored.size(), part.bytes()));
    }
    return stored.crc32c().equals(part.crc32c())
        ? Optional.empty()
        : Optional.of(part.name() + " has other bytes than were staged");
  }

  /** For a message: the one part, or the first and how many more. */
  static String names(Manifest manifest) {
    List<PartReceipt> parts = manifest.parts();
    if (parts.isEmpty()) {
      return "no part";
    }
    String first = parts.get(0).name();
    return parts.size() == 1 ? first : first + " and " + (parts.size() - 1) + " more parts";
  }
}
