package io.deltaferry.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Texts kept in files, so that a change of them is seen in a review. {@code -Dgolden.write=true}
 * writes them anew, which a build server (environment variable CI) refuses.
 */
public final class Golden {
  private Golden() {}

  /**
   * Compares all texts with the files of a directory; a file without a text fails too.
   *
   * @param directory below src/test/resources
   * @param texts by file name
   * @throws AssertionError when one differs, is missing, or is left over
   */
  public static void verify(String directory, Map<String, String> texts) {
    Path folder = Path.of("src/test/resources").resolve(directory);
    try {
      if (Boolean.getBoolean("golden.write")) {
        write(folder, texts);
      }
      for (Map.Entry<String, String> text : texts.entrySet()) {
        Path file = folder.resolve(text.getKey());
        String kept = Files.exists(file) ? Files.readString(file) : "";
        if (!kept.equals(text.getValue())) {
          throw new AssertionError(
              file
                  + " differs; it would be:\n"
                  + text.getValue()
                  + "\nWrite it with"
                  + " -Dgolden.write=true");
        }
      }
      Set<String> orphans = files(folder);
      orphans.removeAll(texts.keySet());
      if (!orphans.isEmpty()) {
        throw new AssertionError("no test writes these files of " + folder + ": " + orphans);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(Path folder, Map<String, String> texts) throws IOException {
    if (System.getenv("CI") != null) {
      throw new AssertionError("a build server compares golden files and never writes them");
    }
    Files.createDirectories(folder);
    for (Map.Entry<String, String> text : texts.entrySet()) {
      Files.writeString(folder.resolve(text.getKey()), text.getValue());
    }
  }

  private static Set<String> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }
}
