package io.deltaferry.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServeFunctionTest {
  @Test
  void listensOnThePortItIsGiven() {
    assertThat(ServeFunction.port(Map.of("PORT", "9090"))).isEqualTo(9090);
  }

  @Test
  void listensWhereCloudRunLooksByDefault() {
    assertThat(ServeFunction.port(Map.of())).isEqualTo(8080);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "65536", "-1", "http", "80 80", "123456"})
  void refusesWhatIsNoPort(String text) {
    assertThatThrownBy(() -> ServeFunction.port(Map.of("PORT", text)))
        .hasMessageContaining("PORT must be a number from 1 to 65535")
        .hasMessageContaining(text);
  }
}
