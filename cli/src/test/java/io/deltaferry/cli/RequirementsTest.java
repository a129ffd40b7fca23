package io.deltaferry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The page of requirements may claim only what a test that exists can prove. */
class RequirementsTest {
  private static final Pattern ROW =
      Pattern.compile("^\\| (\\d+) \\| (.+) \\| (works|partly|not yet) \\|(.*)\\|$");

  @Test
  void everyRequirementHasARow() throws IOException {
    assertThat(rows().stream().map(row -> Integer.parseInt(row.group(1))))
        .containsExactlyElementsOf(IntStream.rangeClosed(1, 46).boxed().toList());
  }

  @Test
  void whatWorksNamesATest() throws IOException {
    assertThat(rows().stream().filter(row -> row.group(3).equals("works")))
        .isNotEmpty()
        .allSatisfy(row -> assertThat(row.group(4)).containsPattern(NamedTests.NAME));
  }

  @Test
  void everyTestNamedExists() throws IOException {
    assertThat(NamedTests.missing(NamedTests.page("requirements.md"))).isEmpty();
  }

  private static List<MatchResult> rows() throws IOException {
    return NamedTests.page("requirements.md")
        .lines()
        .flatMap(line -> ROW.matcher(line).results())
        .toList();
  }
}
