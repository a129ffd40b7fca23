package io.deltaferry.serving;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The options of every JVM that serves a function: a file of the images, read by Java itself. */
public final class JvmOptions {
  private static final String RESOURCE = "jvm.options";

  private JvmOptions() {}

  /** One option each, without the file's comments. */
  public static List<String> ofEveryService() {
    try (InputStream resource = JvmOptions.class.getResourceAsStream(RESOURCE)) {
      if (resource == null) {
        throw new IllegalStateException(RESOURCE + " is not in the build");
      }
      return new String(resource.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("unreadable: " + RESOURCE, e);
    }
  }
}
