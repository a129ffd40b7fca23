package io.deltaferry.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.deltaferry.error.ErrorCode;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The services log the events that alerts are made from, when they happen. */
@ExtendWith(BadInputWorld.class)
class LogEventsIT {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final World world;

  LogEventsIT(World world) {
    this.world = world;
  }

  @Test
  void aGoodRun() {
    world.create("counted");
    world
        .postgres()
        .run(
            "ALTER TABLE counted ADD valid_to timestamptz",
            "UPDATE counted SET valid_to = 'infinity' WHERE id < 3");
    world.assertSyncs("counted");

    JsonNode extracted = await("counted", "delta_extracted");
    assertThat(extracted.path("rows").asLong()).isEqualTo(3);
    assertThat(extracted.path("bytes").asLong()).isPositive();
    JsonNode changed = await("counted", "values_changed");
    assertThat(changed.path("values").asLong()).isEqualTo(2);
    assertThat(changed.path("columns").asText()).isEqualTo("valid_to");
    JsonNode end = await("counted", "run_ended");
    assertThat(end.path("outcome").asText()).isEqualTo("completed");
    assertThat(end.path("rows").asLong()).isEqualTo(3);
    assertThat(end.path("run").asText()).isEqualTo("1");
    assertThat(end.path("failures_in_a_row").asLong(-1)).isZero();
    assertThat(end.path("seconds").isIntegralNumber()).isTrue();
    assertThat(end.path("lag_seconds").isIntegralNumber()).isTrue();
    JsonNode handled = await("counted", "event_handled");
    assertThat(handled.path("result").asText()).isEqualTo("done");
    assertThat(handled.path("stage").asText()).isEqualTo("extractor");
    assertThat(handled.path("duration_ms").isIntegralNumber()).isTrue();
    assertThat(handled.path("delivery_attempt").asLong()).isPositive();
  }

  @Test
  void failuresInARow() {
    world.create("counted_out", "id int NOT NULL, v text, updated_at timestamptz");
    world.assertRefused("counted_out", ErrorCode.KEY_MISSING, "`key`");
    world.assertRefused("counted_out", ErrorCode.KEY_MISSING, "`key`");

    assertThat(logged("counted_out", "run_ended"))
        .extracting(end -> end.path("error_code").asText() + end.path("failures_in_a_row").asLong())
        .containsExactly("KEY_MISSING1", "KEY_MISSING2");
    assertThat(logged("counted_out", "run_ended").get(1).path("outcome").asText())
        .isEqualTo("failed");
    JsonNode letter = await("counted_out", "dead_letter");
    assertThat(letter.path("error_code").asText()).isEqualTo("KEY_MISSING");
    assertThat(letter.path("stage").asText()).isEqualTo("extractor");
    JsonNode handled = await("counted_out", "event_handled");
    assertThat(handled.path("result").asText()).isEqualTo("refused");
    assertThat(handled.path("error_code").asText()).isEqualTo("KEY_MISSING");
  }

  private JsonNode await(String table, String event) {
    return Waiting.until(
        event + " of " + table,
        RunningStack.PATIENCE,
        () -> logged(table, event).stream().findFirst());
  }

  private List<JsonNode> logged(String table, String event) {
    return world
        .stack()
        .logs()
        .lines()
        .flatMap(line -> parse(line).stream())
        .filter(line -> line.path("table").asText().equals(table))
        .filter(line -> line.path("event").asText().equals(event))
        .toList();
  }

  /** Nothing for a line that a service is still writing, or that stderr has. */
  private static Optional<JsonNode> parse(String line) {
    try {
      return Optional.of(JSON.readTree(line));
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }
}
