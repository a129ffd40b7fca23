package io.deltaferry.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextFormsTest {
  @ParameterizedTest
  @CsvSource({
    "90s, PT90S",
    "15m, PT15M",
    "2h, PT2H",
    "1h30m, PT1H30M",
    "2d, PT48H",
    "1d12h, PT36H",
    "PT0.5S, PT0.5S",
    "P1D, PT24H",
    "0s, PT0S",
    "pt1m, PT1M"
  })
  void readsDurations(String text, Duration expected) {
    assertThat(DurationText.parse(text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "15", "m", "1m1h", "15 m", "-1s", "1w", "P", "PT", "99999999999s"})
  void refusesOtherDurations(String text) {
    assertThatThrownBy(() -> DurationText.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "64MiB, 67108864",
    "64 MiB, 67108864",
    "1MB, 1000000",
    "1KiB, 1024",
    "7, 7",
    "4GB, 4000000000"
  })
  void readsSizes(String text, long expected) {
    assertThat(ByteSizeText.parse(text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "MiB", "1.5MB", "-1", "1mib", "1 TB", "999999999999999GiB"})
  void refusesOtherSizes(String text) {
    assertThatThrownBy(() -> ByteSizeText.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void suggestsOnlyWhatIsNear() {
    List<String> known = List.of("cursor", "source", "schedule", "run_expiry");

    assertThat(NearestName.of("curser", known)).contains("cursor");
    assertThat(NearestName.of("CURSOR", known)).contains("cursor");
    assertThat(NearestName.of("crusor", known)).contains("cursor");
    assertThat(NearestName.of("run-expiry", known)).contains("run_expiry");
    assertThat(NearestName.of("scedul", known)).contains("schedule");
    assertThat(NearestName.of("banana", known)).isEmpty();
    assertThat(NearestName.of("", known)).isEmpty();
  }
}
