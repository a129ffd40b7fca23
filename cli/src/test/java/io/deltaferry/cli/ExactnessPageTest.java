package io.deltaferry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the page of guarantees rests on is there. */
class ExactnessPageTest {
  private static final Pattern RULE = Pattern.compile("^\\| (\\d+) \\| .+ \\| (.+) \\|$");

  @Test
  void everyTestNamedExists() throws IOException {
    assertThat(NamedTests.missing(NamedTests.page("exactness.md"))).isEmpty();
  }

  @Test
  void everyRuleHasTests() throws IOException {
    List<String> page = NamedTests.page("exactness.md").lines().toList();
    assertThat(page.stream().flatMap(line -> RULE.matcher(line).results()))
        .allSatisfy(row -> assertThat(row.group(2)).containsPattern(NamedTests.NAME))
        .extracting(row -> Integer.valueOf(row.group(1)))
        .containsAll(IntStream.rangeClosed(1, 12).boxed().toList());
  }
}
