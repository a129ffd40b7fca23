package io.deltaferry.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MaxDeletesTest {
  @ParameterizedTest
  @ValueSource(strings = {"10%", "0.5%", "100%", "0%", "0", "1000", "9223372036854775807"})
  void isReadAsItIsWritten(String text) {
    MaxDeletes most = MaxDeletes.parse(text);
    assertThat(most).hasToString(text);
    assertThat(most.share()).isEqualTo(text.endsWith("%"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "%",
        "-1",
        "101%",
        "100.1%",
        "1e3",
        "10 %",
        "1.5",
        "9223372036854775808",
        "all"
      })
  void whatIsNeitherIsRefused(String text) {
    assertThatThrownBy(() -> MaxDeletes.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("write 10% or 1000");
  }
}
