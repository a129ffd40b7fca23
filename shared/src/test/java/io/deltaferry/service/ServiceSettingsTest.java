package io.deltaferry.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deltaferry.error.DeltaferryException;
import io.deltaferry.error.ErrorCode;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceSettingsTest {
  private static final Map<String, String> REQUIRED =
      Map.of(
          ServiceSettings.PROJECT,
          "shop",
          ServiceSettings.BUCKET,
          "shop-staging",
          ServiceSettings.CONTROL_DATASET,
          "shop_control");

  @Test
  void fillsInEveryDefault() {
    assertThat(ServiceSettings.from(REQUIRED))
        .isEqualTo(
            new ServiceSettings(
                "shop",
                "shop-staging",
                "US",
                "shop_control",
                Duration.ofMinutes(8),
                Topology.DEFAULT.topics(),
                20));
  }

  @Test
  void readsEverySetting() {
    ServiceSettings settings =
        ServiceSettings.from(
            with(
                Map.of(
                    ServiceSettings.LOCATION,
                    "europe-west1",
                    ServiceSettings.TOPIC_PREFIX,
                    "shop-",
                    ServiceSettings.BUDGET,
                    "7m",
                    ServiceSettings.MAX_DELIVERY_ATTEMPTS,
                    "100")));
    assertThat(settings.maxDeliveryAttempts()).isEqualTo(100);
    assertThat(settings.location()).isEqualTo("europe-west1");
    assertThat(settings.topics().deadLetters()).isEqualTo("shop-dead-letters");
    assertThat(settings.budget()).isEqualTo(Duration.ofMinutes(7));
    assertThat(ServiceSettings.from(with(Map.of(ServiceSettings.BUDGET, "PT300S"))).budget())
        .isEqualTo(Duration.ofMinutes(5));
  }

  @Test
  void tellsAllProblemsAtOnce() {
    assertThatThrownBy(() -> ServiceSettings.from(Map.of(ServiceSettings.BUDGET, "soon")))
        .isInstanceOfSatisfying(
            DeltaferryException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.SETTING_INVALID))
        .hasMessageContaining("DELTAFERRY_PROJECT is not set")
        .hasMessageContaining("DELTAFERRY_BUCKET is not set")
        .hasMessageContaining("DELTAFERRY_CONTROL_DATASET is not set")
        .hasMessageContaining("DELTAFERRY_BUDGET is not a duration; write 90s, 15m");
  }

  /** A handler without time would refuse every event; one that outlives its delivery doubles it. */
  @ParameterizedTest
  @CsvSource({"0s", "-5m", "10m", "2h"})
  void aBudgetFitsIntoADelivery(String budget) {
    assertThatThrownBy(() -> ServiceSettings.from(with(Map.of(ServiceSettings.BUDGET, budget))))
        .isInstanceOf(DeltaferryException.class)
        .hasMessageContaining("DELTAFERRY_BUDGET is ");
  }

  /** Pub/Sub would refuse a subscription with any of them. */
  @ParameterizedTest
  @ValueSource(strings = {"4", "101", "-5", "many", "5.5"})
  void theAttemptsAreThoseASubscriptionMayHave(String attempts) {
    assertThatThrownBy(
            () ->
                ServiceSettings.from(with(Map.of(ServiceSettings.MAX_DELIVERY_ATTEMPTS, attempts))))
        .isInstanceOf(DeltaferryException.class)
        .hasMessageContaining(
            "DELTAFERRY_MAX_DELIVERY_ATTEMPTS is not a whole number from 5 to 100");
  }

  private static Map<String, String> with(Map<String, String> more) {
    Map<String, String> all = new HashMap<>(REQUIRED);
    all.putAll(more);
    return all;
  }
}
