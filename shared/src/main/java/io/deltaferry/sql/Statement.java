package io.deltaferry.sql;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * GoogleSQL text and its named parameters: what the generators return and the warehouse runs.
 *
 * @param parameters values by name, without the at sign; a null value is typed by its {@link Value}
 */
public record Statement(String text, Map<String, Value> parameters) {
  /** A typed parameter value, which may be NULL. */
  public sealed interface Value {}

  public record Int64(@Nullable Long value) implements Value {}

  public record Text(@Nullable String value) implements Value {}

  public record Timestamp(@Nullable Instant value) implements Value {}

  public Statement {
    parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
  }

  public static Statement of(String text) {
    return new Statement(text, Map.of());
  }
}
