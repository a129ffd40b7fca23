package io.deltaferry.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The tests that a page names as its proof: {@code `OneTest`} or {@code `OneTest.oneMethod`}. */
final class NamedTests {
  static final Pattern NAME = Pattern.compile("`([A-Za-z]+(?:Test|IT))(?:\\.([A-Za-z]+))?`");

  private static final Path ROOT = Path.of("..");

  private NamedTests() {}

  static String page(String name) throws IOException {
    return Files.readString(ROOT.resolve("docs").resolve(name));
  }

  /** Those of a text that do not exist. */
  static Set<String> missing(String text) throws IOException {
    Map<String, String> sources = sources();
    return NAME.matcher(text)
        .results()
        .filter(name -> !exists(sources.get(name.group(1)), name))
        .map(MatchResult::group)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static boolean exists(@Nullable String source, MatchResult name) {
    String method = name.group(2);
    return source != null && (method == null || source.contains("void " + method + "("));
  }

  /** By class; the sources of two that have one name count together. */
  private static Map<String, String> sources() throws IOException {
    try (Stream<Path> files = Files.walk(ROOT)) {
      return files
          .filter(file -> file.toString().contains("src/test/java"))
          .filter(file -> file.toString().endsWith(".java"))
          .collect(
              Collectors.toMap(
                  file -> file.getFileName().toString().replace(".java", ""),
                  NamedTests::read,
                  String::concat,
                  TreeMap::new));
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
