package io.deltaferry.service;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** Which build this is. */
public final class BuildVersion {
  private static final String RESOURCE = "/io/deltaferry/version.properties";

  private BuildVersion() {}

  /** The version and the abbreviated commit, such as {@code 0.1.0 (1a2b3c4)}. */
  public static String text() {
    Properties properties = new Properties();
    try (InputStream resource = BuildVersion.class.getResourceAsStream(RESOURCE)) {
      if (resource == null) {
        return "unknown";
      }
      properties.load(resource);
    } catch (IOException e) {
      throw new UncheckedIOException("unreadable: " + RESOURCE, e);
    }
    return properties.getProperty("version") + " (" + properties.getProperty("commit") + ")";
  }
}
