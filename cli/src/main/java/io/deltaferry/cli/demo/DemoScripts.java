package io.deltaferry.cli.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The demo's SQL scripts and data files, as the jar carries them. */
final class DemoScripts {
  private static final String ROOT = "/demo/";

  private DemoScripts() {}

  /**
   * @param path below {@code demo/}, such as {@code schema/10-schemas.sql}
   */
  static String text(String path) {
    try (InputStream in = open(path)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + path, e);
    }
  }

  static InputStream open(String path) {
    InputStream in = DemoScripts.class.getResourceAsStream(ROOT + path);
    if (in == null) {
      throw new IllegalStateException("the jar lacks " + ROOT + path + "; build it again");
    }
    return in;
  }
}
