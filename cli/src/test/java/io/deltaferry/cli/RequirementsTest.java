package io.deltaferry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page of requirements may claim only what a test that exists can prove. */
class RequirementsTest {
  private static final Path ROOT = Path.of("..");
  private static final Pattern ROW =
      Pattern.compile("^\\| (\\d+) \\| (.+) \\| (works|partly|not yet) \\|(.*)\\|$");
  private static final Pattern TEST = Pattern.compile("`([A-Za-z]+(?:Test|IT))`");

  @Test
  void everyRequirementHasARow() throws IOException {
    assertThat(rows().stream().map(row -> Integer.parseInt(row.group(1))))
        .containsExactlyElementsOf(IntStream.rangeClosed(1, 46).boxed().toList());
  }

  @Test
  void whatWorksNamesATest() throws IOException {
    assertThat(rows().stream().filter(row -> row.group(3).equals("works")))
        .isNotEmpty()
        .allSatisfy(row -> assertThat(row.group(4)).containsPattern(TEST));
  }

  @Test
  void everyTestNamedExists() throws IOException {
    Set<String> named = new TreeSet<>();
    for (MatchResult row : rows()) {
      TEST.matcher(row.group(4)).results().forEach(test -> named.add(test.group(1)));
    }
    assertThat(testClasses()).containsAll(named);
  }

  private static List<MatchResult> rows() throws IOException {
    return Files.readAllLines(ROOT.resolve("docs/requirements.md")).stream()
        .flatMap(line -> ROW.matcher(line).results())
        .toList();
  }

  private static Set<String> testClasses() throws IOException {
    try (Stream<Path> files = Files.walk(ROOT)) {
      return files
          .filter(file -> file.toString().contains("src/test/java"))
          .map(file -> String.valueOf(file.getFileName()).replace(".java", ""))
          .collect(Collectors.toSet());
    }
  }
}
