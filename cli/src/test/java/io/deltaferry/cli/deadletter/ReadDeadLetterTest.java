package io.deltaferry.cli.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import com.google.pubsub.v1.PubsubMessage;
import io.deltaferry.message.Envelopes;
import io.deltaferry.message.IncomingEvent;
import io.deltaferry.message.LoadedDelta;
import io.deltaferry.message.Messages;
import io.deltaferry.message.ObjectFinalized;
import io.deltaferry.message.OutgoingMessage;
import io.deltaferry.message.PubSubMessage;
import io.deltaferry.message.StagedDelta;
import io.deltaferry.run.RunId;
import io.deltaferry.table.SyncMode;
import io.deltaferry.table.TableCatalog;
import io.deltaferry.table.TableFile;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReadDeadLetterTest {
  private static final TableFile TABLES =
      TableCatalog.read(
          """
          source: {url: "jdbc:postgresql://localhost/shop", user: me}
          target: {project: shop-local, dataset: target}
          bucket: shop-staging
          topic_prefix: shop-
          tables:
            orders: {source: shop.orders, cursor: changed_at, schedule: "*/15 * * * *"}
          """,
          Map.of());
  private static final Instant PUBLISHED = Instant.parse("2026-11-20T10:16:00Z");
  private static final String TICK =
      "tick-" + Instant.parse("2026-11-20T10:15:00Z").getEpochSecond();
  private static final Instant LATER = Instant.parse("2026-11-20T12:00:00Z");
  private static final Map<String, String> REASON =
      Map.of(
          "error_code", "KEY_MISSING",
          "error_message", "no key",
          "attempts", "3",
          "table", "orders",
          "run", "7");
  private static final ObjectFinalized MANIFEST =
      new ObjectFinalized("5", "shop-staging", "manifests/orders/7.json", 9, 512, PUBLISHED, 3);
  private static final OutgoingMessage LOADED =
      Messages.encode(new LoadedDelta("orders", 7, "manifests/orders/7.json", "orders__7"));

  @Test
  void whatAServiceRefusedHasItsReason() {
    DeadLetter letter = refused("extractor", message("{\"table\":\"orders\"}", Map.of()));
    assertThat(letter.id()).isEqualTo("77");
    assertThat(letter.when()).isEqualTo(LATER);
    assertThat(letter.table()).isEqualTo("orders");
    assertThat(letter.run()).isEqualTo(7);
    assertThat(letter.stage()).isEqualTo("extractor");
    assertThat(letter.code()).isEqualTo("KEY_MISSING");
    assertThat(letter.attempts()).isEqualTo(3);
    assertThat(letter.reason()).isEqualTo("no key");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "{\"table\":\"orders\"} | by hand | - | message-5",
        "{\"table\":\"orders\",\"request_id\":\"cli-1\"} | by hand | - | cli-1",
        "{\"table\":\"orders\",\"mode\":\"incremental\"} | schedule | INCREMENTAL | TICK",
        "{\"table\":\"unknown\"} | schedule | - | message-5",
      })
  void aRequestHasTheNameThatTheExtractorGaveIt(
      String text, String trigger, @Nullable SyncMode mode, String id) {
    Content content = refused("extractor", message(text, Map.of("trigger", trigger))).content();
    assertThat(content)
        .isInstanceOfSatisfying(
            Content.Request.class,
            request -> {
              assertThat(request.requestId()).isEqualTo(id.replace("TICK", TICK));
              assertThat(request.request().mode()).isEqualTo(mode);
            });
  }

  @Test
  void aStepIsAMessageThatMakesItHappenAgain() {
    assertThat(refused("loader", MANIFEST).content())
        .isEqualTo(
            new Content.Step(
                new RunId("orders", 7),
                Messages.encode(
                    new StagedDelta(
                        "shop-staging", "manifests/orders/7.json", 9, 512, PUBLISHED))));
    assertThat(refused("merger", message(LOADED.json(), LOADED.attributes())).content())
        .isEqualTo(new Content.Step(new RunId("orders", 7), LOADED));
  }

  /** The message's own id is lost with Pub/Sub's forwarding; its time is not. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "{\"table\":\"orders\"} | by hand | -",
        "{\"table\":\"orders\",\"request_id\":\"cli-1\"} | by hand | cli-1",
        "{\"table\":\"orders\"} | schedule | TICK",
      })
  void aRequestThatPubSubGaveUpIsNamedAsFarAsItCanBe(
      String text, String trigger, @Nullable String id) {
    DeadLetter letter = forwarded("shop-extract-requests-push", text, Map.of("trigger", trigger));
    assertThat(letter.content())
        .isInstanceOfSatisfying(
            Content.Request.class,
            request ->
                assertThat(request.requestId())
                    .isEqualTo(id == null ? null : id.replace("TICK", TICK)));
    assertThat(letter.stage()).isEqualTo("extractor");
    assertThat(letter.table()).isEqualTo("orders");
    assertThat(letter.code()).isNull();
    assertThat(letter.attempts()).isEqualTo(20);
    assertThat(letter.reason())
        .isEqualTo(
            "Pub/Sub gave up after 20 deliveries; the logs of the extractor say why, if it was"
                + " reached at all");
  }

  @Test
  void aStepThatPubSubGaveUpIsTheMessageAsItWas() {
    assertThat(forwarded("shop-loaded-deltas-push", LOADED.json(), LOADED.attributes()).content())
        .isEqualTo(new Content.Step(new RunId("orders", 7), LOADED));
    OutgoingMessage notification =
        Messages.encode(
            new StagedDelta("shop-staging", "manifests/orders/7.json", 9, 512, PUBLISHED));
    DeadLetter letter =
        forwarded("shop-staged-deltas-push", notification.json(), notification.attributes());
    assertThat(letter.content()).isEqualTo(new Content.Step(new RunId("orders", 7), notification));
    assertThat(letter.run()).isEqualTo(7);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "extractor | {\"tabel\":\"orders\"} | did you mean 'table'?",
        "extractor | {\"table\":\"orders\",\"request_id\":\"../end\"} | request_id must be",
        "loader | {\"c\":1} | this is a plain message",
        "merger | {\"c\":1} | unknown field 'c'",
        "merger | {\"schema_version\":1,\"table\":\"a\",\"seq\":99999999999,\"manifest\":\"m\",\"temp_table\":\"t\"} | seq must be in",
        "console | {\"table\":\"orders\"} | there is no service called console",
      })
  void whatItsServiceDoesNotUnderstandIsUnreadable(String stage, String text, String why) {
    assertThat(refused(stage, message(text, Map.of())).content())
        .isInstanceOfSatisfying(
            Content.Unreadable.class, unreadable -> assertThat(unreadable.why()).contains(why));
  }

  @Test
  void anObjectIsNoRequestAndNotEveryObjectIsAManifest() {
    assertUnreadable(refused("extractor", MANIFEST), "this is the event of an object");
    assertUnreadable(
        refused("loader", new ObjectFinalized("5", "b", "parts/x", 9, 512, PUBLISHED, 3)),
        "parts/x is no manifest");
  }

  @Test
  void whatOthersPublishIsShownAndUnreadable() {
    DeadLetter letter = read(letter(ByteString.copyFromUtf8("hello"), Map.of("run", "x")));
    assertUnreadable(letter, "it comes from none of the services");
    assertThat(letter.reason()).isEqualTo("nobody said why");
    assertThat(letter.table()).isNull();
    assertThat(letter.run()).isNull();
    assertUnreadable(
        forwarded("other-push", "{\"table\":\"orders\"}", Map.of()),
        "it comes from none of the services");
    assertUnreadable(
        read(
            letter(
                ByteString.copyFrom(new byte[] {(byte) 0xff}),
                source("shop-extract-requests-push", Map.of()))),
        "the message is not UTF-8 text");
  }

  /** Attributes come from whoever publishes; a run that cannot be must not be looked for. */
  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {"0, -", "-1, -", "9999999999, 9999999999", "10000000000, -", "'', -"})
  void aRunsNumberIsOneThatARunMayHave(String attribute, @Nullable Long run) {
    assertThat(read(letter(ByteString.EMPTY, Map.of("run", attribute))).run()).isEqualTo(run);
  }

  private static void assertUnreadable(DeadLetter letter, String why) {
    assertThat(letter.content())
        .isInstanceOfSatisfying(
            Content.Unreadable.class, unreadable -> assertThat(unreadable.why()).contains(why));
  }

  private static DeadLetter refused(String stage, IncomingEvent event) {
    Map<String, String> attributes = new HashMap<>(REASON);
    attributes.put("stage", stage);
    return read(letter(ByteString.copyFromUtf8(Envelopes.wrap(event)), attributes));
  }

  private static DeadLetter forwarded(
      String subscription, String text, Map<String, String> attributes) {
    return read(letter(ByteString.copyFromUtf8(text), source(subscription, attributes)));
  }

  private static Map<String, String> source(String subscription, Map<String, String> attributes) {
    Map<String, String> all = new HashMap<>(attributes);
    all.put("CloudPubSubDeadLetterSourceSubscription", subscription);
    all.put("CloudPubSubDeadLetterSourceSubscriptionProject", "shop-local");
    all.put("CloudPubSubDeadLetterSourceDeliveryCount", "20");
    all.put("CloudPubSubDeadLetterSourceTopicPublishTime", "2026-11-20T10:16:00.000+00:00");
    return all;
  }

  private static PubSubMessage message(String text, Map<String, String> attributes) {
    return new PubSubMessage("5", PUBLISHED, attributes, text, 3, null);
  }

  private static PubsubMessage letter(ByteString data, Map<String, String> attributes) {
    return PubsubMessage.newBuilder()
        .setMessageId("77")
        .setPublishTime(Timestamp.newBuilder().setSeconds(LATER.getEpochSecond()))
        .setData(data)
        .putAllAttributes(attributes)
        .build();
  }

  private static DeadLetter read(PubsubMessage letter) {
    return new ReadDeadLetter(TABLES).read(letter);
  }
}
