package io.deltaferry.run;

import io.deltaferry.error.DeltaferryException;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What became of a slice; written once, by the first attempt that came to an end. */
public sealed interface Outcome permits Receipt, Split {
  /** Metadata key of an outcome object: its value says which of the two it holds. */
  String KIND = "outcome";

  /** The value for a split; a listing tells it from a receipt. */
  String SPLIT = "split";

  /** The slice's path in the plan. */
  String slice();

  /**
   * Stores it unless the slice has an outcome; the answer is what is stored.
   *
   * @throws DeltaferryException STAGING_UNAVAILABLE
   */
  default Outcome store(ControlStore control, RunId run) {
    String name = ObjectNames.outcome(run, slice());
    String kind = this instanceof Split ? SPLIT : "receipt";
    return parse(name, control.create(name, RunJson.write(this), Map.of(KIND, kind)).content());
  }

  /**
   * The slice's outcome, when it has one.
   *
   * @throws DeltaferryException STAGING_UNAVAILABLE, STAGING_CORRUPT
   */
  static Optional<Outcome> read(ControlStore control, RunId run, String slicePath) {
    String name = ObjectNames.outcome(run, slicePath);
    return control.read(name).map(content -> parse(name, content));
  }

  private static Outcome parse(String name, String content) {
    return RunJson.read(name, content, Halved.class).halves() == null
        ? RunJson.read(name, content, Receipt.class)
        : RunJson.read(name, content, Split.class);
  }

  /** What tells a split from a receipt. */
  record Halved(@Nullable Object halves) {}
}
