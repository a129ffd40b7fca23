package io.deltaferry.extractor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deltaferry.error.DeltaferryException;
import io.deltaferry.error.ErrorCode;
import io.deltaferry.message.ExtractRequest;
import io.deltaferry.message.PubSubMessage;
import io.deltaferry.table.TableCatalog;
import io.deltaferry.table.TableConfig;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestIdTest {
  private static final TableConfig ORDERS =
      TableCatalog.read(
              """
              source: {url: "jdbc:postgresql://localhost/shop", user: me}
              target: {project: shop-local, dataset: target}
              bucket: shop-local-staging
              tables:
                orders: {source: shop.orders, cursor: changed_at, schedule: "*/15 * * * *"}
              """,
              Map.of())
          .requiredTable("orders");

  @Test
  void aTickThatIsSentTwiceIsOneRequest() {
    String first = id(null, message("7", "2026-11-20T10:15:01Z", "schedule"));
    String again = id(null, message("8", "2026-11-20T10:29:59Z", "schedule"));
    assertThat(first)
        .isEqualTo("tick-" + Instant.parse("2026-11-20T10:15:00Z").getEpochSecond())
        .isEqualTo(again);
    assertThat(id(null, message("9", "2026-11-20T10:30:00Z", "schedule"))).isNotEqualTo(first);
  }

  @Test
  void anyOtherIsNamedAfterItsMessage() {
    assertThat(id(null, message("7", "2026-11-20T10:15:01Z", "by hand"))).isEqualTo("message-7");
  }

  @Test
  void itsOwnIdCountsMost() {
    assertThat(id("mine", message("7", "2026-11-20T10:15:01Z", "schedule"))).isEqualTo("mine");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a/b", "a b", "ä", "../end"})
  void anIdThatCannotNameAnObjectIsRefused(String own) {
    assertThatThrownBy(() -> id(own, message("7", "2026-11-20T10:15:01Z", "schedule")))
        .isInstanceOfSatisfying(
            DeltaferryException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.MESSAGE_INVALID));
  }

  private static String id(@Nullable String own, PubSubMessage message) {
    return RequestId.of(new ExtractRequest("orders", null, own), ORDERS, message);
  }

  private static PubSubMessage message(String id, String published, String trigger) {
    return new PubSubMessage(
        id, Instant.parse(published), Map.of(RequestId.TRIGGER, trigger), "{}", null, null);
  }
}
