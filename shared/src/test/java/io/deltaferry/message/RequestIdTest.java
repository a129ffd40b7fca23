package io.deltaferry.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deltaferry.error.DeltaferryException;
import io.deltaferry.error.ErrorCode;
import io.deltaferry.table.SyncMode;
import io.deltaferry.table.TableCatalog;
import io.deltaferry.table.TableConfig;
import java.time.Instant;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.StringLength;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestIdTest {
  private static final TableConfig ORDERS =
      TableCatalog.read(
              """
              source: {url: "jdbc:postgresql://localhost/shop", user: me}
              target: {project: shop-local, dataset: target}
              bucket: shop-local-staging
              tables:
                orders: {source: shop.orders, cursor: changed_at, schedule: "*/15 * * * *", reconcile: {schedule: "0 3 * * *"}}
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

  /** At three both schedules ask, for different things. */
  @Test
  void aTickThatNamesAModeIsAnotherOne() {
    PubSubMessage atThree = message("7", "2026-11-20T03:00:01Z", "schedule");
    ExtractRequest reconcile = new ExtractRequest("orders", SyncMode.RECONCILE, null);
    String named = RequestId.of(reconcile, ORDERS, atThree);
    assertThat(named)
        .isEqualTo(id(null, atThree) + "-reconcile")
        .isEqualTo(
            RequestId.of(reconcile, ORDERS, message("8", "2026-11-21T02:59:59Z", "schedule")));
    assertThat(new ExtractRequest("orders", null, named).isTick()).isTrue();
    assertThat(new ExtractRequest("orders", null, "tick-of-mine").isTick()).isFalse();
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

  @Test
  void aMessageWhoseIdIsLostIsKnownByItsContentAlone() {
    PubSubMessage tick = message("?", "2026-11-20T10:15:01Z", "schedule");
    ExtractRequest request = new ExtractRequest("orders", null, null);
    assertThat(RequestId.ofContent(request, ORDERS, tick)).contains(id(null, tick));
    assertThat(RequestId.ofContent(request, null, tick)).isEmpty();
    assertThat(RequestId.ofContent(new ExtractRequest("orders", null, "mine"), null, tick))
        .contains("mine");
    assertThat(
            RequestId.ofContent(request, ORDERS, message("?", "2026-11-20T10:15:01Z", "by hand")))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "cli-1, 77, cli-1-replay-77",
        "-, 77, replay-77",
        "cli-1-replay-77, 88, cli-1-replay-88",
        "replay-77, 88, replay-77-replay-88",
        "replay-77-replay-88, 99, replay-77-replay-99",
      })
  void aReplayIsNamedAfterTheFirstRequestAndTheLetter(
      @Nullable String original, String letter, String expected) {
    assertThat(RequestId.ofReplay(original, letter)).isEqualTo(expected);
  }

  /** However long the first id is, the letter tells replays apart. */
  @Property
  void aReplaysIdIsARequestIdAndTheLettersAlone(
      @ForAll @StringLength(min = 1, max = 100) @CharRange(from = 'a', to = 'z') String original,
      @ForAll @LongRange(min = 1) long letter,
      @ForAll @LongRange(min = 1) long other) {
    String id = RequestId.ofReplay(original, Long.toString(letter));
    assertThat(id(id, message("7", "2026-11-20T10:15:01Z", "schedule"))).isEqualTo(id);
    assertThat(id.equals(RequestId.ofReplay(original, Long.toString(other))))
        .isEqualTo(letter == other);
  }

  private static String id(@Nullable String own, PubSubMessage message) {
    return RequestId.of(new ExtractRequest("orders", null, own), ORDERS, message);
  }

  /** No other id has the sign between them, so that nobody's own is taken for a part of one. */
  @Test
  void theRunsOfABackfillAreNamedAfterItsRequest() {
    assertThat(RequestId.ofStep("mine")).isEqualTo("mine~1");
    assertThat(RequestId.ofNextStep("mine")).isEqualTo("mine~2");
    assertThat(RequestId.ofNextStep("mine~9")).isEqualTo("mine~10");
    assertThat(RequestId.ofBackfill("mine~10")).isEqualTo("mine");
    assertThat(RequestId.ofBackfill("mine.10")).isEqualTo("mine.10");
    assertThat(RequestId.ofReplay("mine~10", "7")).isEqualTo("mine-replay-7");
  }

  private static PubSubMessage message(String id, String published, String trigger) {
    return new PubSubMessage(
        id, Instant.parse(published), Map.of(RequestId.TRIGGER, trigger), "{}", null, null);
  }
}
