package io.deltaferry.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deltaferry.error.DeltaferryException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TaskSettingsTest {
  @Test
  void fillsInWhatIsNotSet() {
    assertThat(TaskSettings.from(Map.of("CLOUD_RUN_EXECUTION", "shop-extract-abc")))
        .isEqualTo(
            new TaskSettings("shop-extract-abc", 1, 4, Duration.ofHours(24).minusMinutes(10)));
  }

  @Test
  void readsEverySetting() {
    assertThat(
            TaskSettings.from(
                Map.of(
                    "CLOUD_RUN_EXECUTION", "shop-extract-abc",
                    "CLOUD_RUN_TASK_ATTEMPT", "2",
                    "DELTAFERRY_TASK_ATTEMPTS", "3",
                    "DELTAFERRY_TASK_BUDGET", "PT90S")))
        .isEqualTo(new TaskSettings("shop-extract-abc", 3, 3, Duration.ofSeconds(90)));
  }

  @Test
  void namesAllThatIsWrong() {
    assertThatThrownBy(
            () ->
                TaskSettings.from(
                    Map.of(
                        "CLOUD_RUN_TASK_ATTEMPT", "first",
                        "DELTAFERRY_TASK_ATTEMPTS", "-1",
                        "DELTAFERRY_TASK_BUDGET", "0s")))
        .isInstanceOf(DeltaferryException.class)
        .hasMessageContainingAll(
            "CLOUD_RUN_EXECUTION is not set",
            "CLOUD_RUN_TASK_ATTEMPT is not a whole number",
            "DELTAFERRY_TASK_ATTEMPTS is not a whole number",
            "DELTAFERRY_TASK_BUDGET is no time at all");
  }
}
