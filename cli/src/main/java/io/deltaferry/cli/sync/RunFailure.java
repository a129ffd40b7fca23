package io.deltaferry.cli.sync;

import org.jspecify.annotations.Nullable;

/**
 * Why a table's request or run failed.
 *
 * @param code the stable code, or null where nothing said one
 * @param message for a person
 */
public record RunFailure(@Nullable String code, String message) {
  /** Both in one line. */
  public String text() {
    return code == null ? message : code + ": " + message;
  }
}
