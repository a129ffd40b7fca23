package io.deltaferry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What {@code doctor --json} says, by area and check such as {@code bucket/exists}. */
record DoctorLines(Map<String, JsonNode> byName) {
  private static final Set<String> HEALTHY = Set.of("ok", "not_checked");

  static DoctorLines of(List<JsonNode> lines) {
    Map<String, JsonNode> byName = new LinkedHashMap<>();
    for (JsonNode line : lines) {
      byName.put(line.path("area").asText() + "/" + line.path("check").asText(), line);
    }
    assertThat(byName).as("no two lines have one name").hasSameSizeAs(lines);
    return new DoctorLines(byName);
  }

  Set<String> names() {
    return byName.keySet();
  }

  JsonNode line(String name) {
    JsonNode line = byName.get(name);
    if (line == null) {
      throw new AssertionError("no line " + name + " among " + names());
    }
    return line;
  }

  String state(String name) {
    return line(name).path("state").asText();
  }

  String found(String name) {
    return line(name).path("found").asText();
  }

  /** Each as its kind and its text. */
  List<String> remedies(String name) {
    List<String> remedies = new ArrayList<>();
    line(name)
        .path("remedies")
        .forEach(
            remedy ->
                remedies.add(remedy.path("kind").asText() + " " + remedy.path("text").asText()));
    return remedies;
  }

  /** That nothing is missing and nothing may go wrong. */
  void assertHealthy() {
    assertThat(names().stream().filter(name -> !HEALTHY.contains(state(name))).map(this::line))
        .isEmpty();
  }
}
