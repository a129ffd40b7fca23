package io.deltaferry.cli.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StackPortsTest {
  @Test
  void sevenInARow() {
    assertThat(StackPorts.from(20_000))
        .isEqualTo(new StackPorts(20_000, 20_001, 20_002, 20_003, 20_004, 20_005, 20_006));
    assertThat(StackPorts.from(65_529).merger()).isEqualTo(65_535);
  }

  @Test
  void noneBeyondTheEnds() {
    for (int first : List.of(0, -1, 65_530)) {
      assertThatThrownBy(() -> StackPorts.from(first)).hasMessageContaining("1..65529");
    }
  }

  @Test
  void freeOnesDiffer() {
    StackPorts ports = StackPorts.free();
    assertThat(
            Set.of(
                ports.pubsub(),
                ports.pubsubRest(),
                ports.bigquery(),
                ports.storage(),
                ports.extractor(),
                ports.loader(),
                ports.merger()))
        .hasSize(7)
        .allMatch(port -> port > 1_023);
  }
}
