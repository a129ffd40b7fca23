package io.deltaferry.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.deltaferry.error.ErrorCode;
import io.deltaferry.message.SyncOutcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Holds the lines to the list from which Terraform makes its metrics. */
class LogEventsTest {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION).build();
  private static final Path LIST = Path.of("../terraform/log-events.json");

  /** What every line of the services has. */
  private static final Set<String> COMMON =
      Set.of("time", "severity", "message", "logger", "commit", "version", "event");

  /** The list's own form. */
  private record Listed(
      Map<String, String> context,
      Map<String, Map<String, String>> events,
      Map<String, List<String>> values) {}

  private static final List<JsonNode> LINES = new ArrayList<>();

  /** In a JVM of its own: this one's logging is set up for tests. */
  @BeforeAll
  static void everyEventIsLoggedAsTheServicesLog() throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dlogback.configurationFile=io/deltaferry/service/as-the-services.xml",
                "-cp",
                System.getProperty("java.class.path"),
                EveryLogEvent.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(out).isZero();
    for (String line : out.lines().toList()) {
      LINES.add(JSON.readTree(line));
    }
  }

  @Test
  void everyEventHasTheListedFieldsInTheListedTypes() throws IOException {
    Map<String, Map<String, String>> seen = new TreeMap<>();
    for (JsonNode line : LINES) {
      Map<String, String> fields =
          seen.computeIfAbsent(line.path("event").asText(), event -> new TreeMap<>());
      line.properties().stream()
          .filter(field -> !COMMON.contains(field.getKey()))
          .forEach(field -> fields.put(field.getKey(), type(field.getValue())));
    }
    Map<String, Map<String, String>> listed = new TreeMap<>();
    listed()
        .events()
        .forEach(
            (event, fields) -> {
              Map<String, String> all = new TreeMap<>(fields);
              all.putAll(listed().context());
              listed.put(event, all);
            });

    assertThat(seen).isEqualTo(listed);
  }

  /** A filter on a number would not match a text, nor one on an absent field a null. */
  @Test
  void whatIsNotKnownIsLeftOut() {
    assertThat(LINES)
        .noneMatch(line -> line.properties().stream().anyMatch(f -> f.getValue().isNull()));
    assertThat(lines("run_ended"))
        .anyMatch(line -> !line.has("error_code") && !line.has("lag_seconds"));
    assertThat(lines("event_handled")).anyMatch(line -> !line.has("delivery_attempt"));
  }

  /** Which need not be the run that the service works on. */
  @Test
  void aLineNamesTheRunItIsAbout() {
    assertThat(lines("run_abandoned")).allMatch(line -> line.path("run").asText().equals("6"));
    assertThat(lines("run_ended")).allMatch(line -> line.path("run").asText().equals("7"));
    assertThat(lines("event_handled")).allMatch(line -> line.path("run").asText().equals("8"));
    assertThat(LINES).allMatch(line -> line.path("table").asText().equals("orders"));
  }

  @Test
  void theyCanBeReadByPeopleToo() {
    assertThat(LINES.stream().map(line -> line.path("message").asText()).toList())
        .contains(
            "run orders#7 ended: failed, 0 rows",
            "run orders#6 is abandoned; taking over",
            "3 values that BigQuery cannot hold were replaced, in a, b",
            "event retried after 1500 ms");
  }

  @Test
  void theListedWordsAreOurs() {
    assertThat(listed().values().get("good_outcomes"))
        .containsExactlyElementsOf(
            Arrays.stream(SyncOutcome.values())
                .filter(SyncOutcome::isGood)
                .map(SyncOutcome::word)
                .toList());
    Set<String> codes = new HashSet<>();
    Arrays.stream(ErrorCode.values()).forEach(code -> codes.add(code.name()));
    assertThat(codes).containsAll(listed().values().get("schema_error_codes"));
  }

  private static List<JsonNode> lines(String event) {
    List<JsonNode> lines =
        LINES.stream().filter(line -> line.path("event").asText().equals(event)).toList();
    assertThat(lines).as(event).isNotEmpty();
    return lines;
  }

  private static String type(JsonNode value) {
    return switch (value.getNodeType()) {
      case STRING -> "STRING";
      case NUMBER -> value.isIntegralNumber() ? "INT64" : "a fraction";
      default -> value.getNodeType().name();
    };
  }

  private static Listed listed() {
    try {
      return JSON.readValue(LIST.toFile(), new TypeReference<Listed>() {});
    } catch (IOException e) {
      throw new AssertionError("the tests run in the module's own folder", e);
    }
  }
}
