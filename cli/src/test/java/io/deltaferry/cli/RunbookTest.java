package io.deltaferry.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.deltaferry.error.ErrorCode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The runbook says of every alert what to do, in commands, fields and codes that exist. */
class RunbookTest {
  private static final Path TERRAFORM = Path.of("../terraform");
  private static final ShellPage PAGE = ShellPage.read("docs/runbook.md");
  private static final Pattern HEADING = Pattern.compile("(?m)^## (.+)$");
  private static final Pattern LINK = Pattern.compile("]\\(#([^)]+)\\)");
  private static final Pattern FIELD = Pattern.compile("jsonPayload\\.(\\w+)");
  private static final Pattern EVENT = Pattern.compile("jsonPayload\\.event=\"(\\w+)\"");
  private static final Pattern CODE = Pattern.compile("`([A-Z]+(?:_[A-Z]+)+|INTERNAL|SUPERSEDED)`");

  /** What every line has beside the list's fields. */
  private static final Set<String> OF_EVERY_LINE = Set.of("message", "event");

  @Test
  void everyAlertNamesASectionAndEverySectionHasItsAlert() throws IOException {
    Map<String, String> concerns = new TreeMap<>();
    json("modules/alerts/concerns.json")
        .properties()
        .forEach(of -> concerns.put(of.getKey(), of.getValue().path("title").asText()));
    Map<String, String> sections = new TreeMap<>();
    headings().forEach(heading -> sections.put(anchor(heading), heading));

    assertThat(sections.remove("where-to-look")).isNotNull();
    assertThat(sections).isEqualTo(concerns);
  }

  @Test
  void everyLinkWithinThePageLeadsToASection() {
    Set<String> anchors = headings().stream().map(RunbookTest::anchor).collect(Collectors.toSet());
    assertThat(LINK.matcher(PAGE.text()).results().map(link -> link.group(1)).toList())
        .isNotEmpty()
        .isSubsetOf(anchors);
  }

  @Test
  void everyCommandOfOursIsOne() {
    for (String command : PAGE.commandsOf("./deltaferry")) {
      List<String> words = ShellPage.words(command);
      assertThatCode(
              () ->
                  Main.commandLine()
                      .parseArgs(words.subList(1, words.size()).toArray(String[]::new)))
          .as(command)
          .doesNotThrowAnyException();
    }
  }

  @Test
  void logsAreAskedForFieldsAndEventsThatThereAre() throws IOException {
    JsonNode list = json("log-events.json");
    Set<String> fields = new HashSet<>(OF_EVERY_LINE);
    list.path("context").fieldNames().forEachRemaining(fields::add);
    list.path("events").forEach(event -> event.fieldNames().forEachRemaining(fields::add));
    Set<String> events = new TreeSet<>();
    list.path("events").fieldNames().forEachRemaining(events::add);

    String queries = String.join("\n", PAGE.commandsOf("gcloud"));
    assertThat(all(FIELD, queries)).isNotEmpty().isSubsetOf(fields);
    assertThat(all(EVENT, queries)).isNotEmpty().isSubsetOf(events);
    assertThat(events).allSatisfy(event -> assertThat(PAGE.text()).contains("`" + event + "`"));
  }

  @Test
  void everyCodeHasAnAnswer() {
    assertThat(all(CODE, PAGE.text()))
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(ErrorCode.values()).map(Enum::name).toList());
  }

  private static Set<String> all(Pattern pattern, String text) {
    return pattern.matcher(text).results().map(found -> found.group(1)).collect(Collectors.toSet());
  }

  private static List<String> headings() {
    return HEADING.matcher(PAGE.text()).results().map(heading -> heading.group(1)).toList();
  }

  /** As the page's host makes it of a heading. */
  private static String anchor(String heading) {
    return heading.toLowerCase(Locale.ROOT).replace(' ', '-');
  }

  private static JsonNode json(String file) throws IOException {
    return new JsonMapper().readTree(TERRAFORM.resolve(file).toFile());
  }
}
