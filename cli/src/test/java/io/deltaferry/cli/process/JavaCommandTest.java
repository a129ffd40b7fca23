package io.deltaferry.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class JavaCommandTest {
  @Test
  void moreOptionsAreSeparatedByBlanks() {
    assertThat(JavaCommand.words("")).isEmpty();
    assertThat(JavaCommand.words("  ")).isEmpty();
    assertThat(JavaCommand.words(" -Xmx256m   -XX:TieredStopAtLevel=1\n"))
        .containsExactly("-Xmx256m", "-XX:TieredStopAtLevel=1");
  }
}
