package io.deltaferry.localgcp.storage;

import io.deltaferry.localgcp.http.GoogleError;

/** Numbers as parameters carry them. */
final class Numbers {
  private Numbers() {}

  static long parse(String name, String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw GoogleError.invalid("Invalid value for " + name + ": it must be a whole number");
    }
  }
}
