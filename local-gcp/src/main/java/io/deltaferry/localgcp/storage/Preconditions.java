package io.deltaferry.localgcp.storage;

import com.fasterxml.jackson.databind.JsonNode;
import io.deltaferry.localgcp.http.GoogleError;
import io.deltaferry.localgcp.http.HttpCall;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The four conditions a call may put on the object as it is now; generation 0 means none. */
record Preconditions(
    @Nullable Long generationMatch,
    @Nullable Long generationNotMatch,
    @Nullable Long metagenerationMatch,
    @Nullable Long metagenerationNotMatch) {
  static Preconditions of(HttpCall call) {
    return read("if", call::query);
  }

  /** Those on the object that a copy reads. */
  static Preconditions ofSource(HttpCall call) {
    return read("ifSource", call::query);
  }

  /** Those that a request's body, or an upload's record, names. */
  static Preconditions of(JsonNode conditions) {
    return read(
        "if",
        name ->
            conditions.hasNonNull(name)
                ? Optional.of(conditions.get(name).asText())
                : Optional.empty());
  }

  private static Preconditions read(String prefix, Function<String, Optional<String>> parameters) {
    return new Preconditions(
        number(prefix + "GenerationMatch", parameters),
        number(prefix + "GenerationNotMatch", parameters),
        number(prefix + "MetagenerationMatch", parameters),
        number(prefix + "MetagenerationNotMatch", parameters));
  }

  private static @Nullable Long number(String name, Function<String, Optional<String>> parameters) {
    return parameters.apply(name).map(text -> Numbers.parse(name, text)).orElse(null);
  }

  /**
   * Checks a change.
   *
   * @throws GoogleError 412 when one does not hold
   */
  void check(@Nullable StoredObject current) {
    if (!matches(current) || !differs(current)) {
      throw Refusals.condition();
    }
  }

  /**
   * Checks a read.
   *
   * @throws GoogleError 412, or 304 when the caller has this version already
   */
  void checkRead(StoredObject current) {
    if (!matches(current)) {
      throw Refusals.condition();
    }
    if (!differs(current)) {
      throw Refusals.notModified();
    }
  }

  /** The conditions on a bucket, which has a metageneration only. */
  void checkBucket(long metageneration) {
    boolean match = metagenerationMatch == null || metagenerationMatch == metageneration;
    if (!match || (metagenerationNotMatch != null && metagenerationNotMatch == metageneration)) {
      throw Refusals.condition();
    }
  }

  private boolean matches(@Nullable StoredObject current) {
    long generation = current == null ? 0 : current.generation();
    long metageneration = current == null ? 0 : current.metageneration();
    return (generationMatch == null || generationMatch == generation)
        && (metagenerationMatch == null || metagenerationMatch == metageneration);
  }

  private boolean differs(@Nullable StoredObject current) {
    long generation = current == null ? 0 : current.generation();
    long metageneration = current == null ? 0 : current.metageneration();
    return (generationNotMatch == null || generationNotMatch != generation)
        && (metagenerationNotMatch == null || metagenerationNotMatch != metageneration);
  }
}
