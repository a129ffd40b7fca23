package io.deltaferry.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.deltaferry.error.DeltaferryException;
import io.deltaferry.error.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The samples have the forms Google's documentation shows and its services send. */
class EnvelopesTest {
  private static final String REQUEST = "{\"table\":\"orders\"}";
  private static final Instant PUBLISHED = Instant.parse("2026-11-20T09:00:01.123Z");
  private static final String SUBSCRIPTION = "projects/p/subscriptions/extract-requests-push";

  private static final String PUSH =
      """
      {"deliveryAttempt": 2,
       "message": {
         "attributes": {"table": "orders"},
         "data": "%s",
         "messageId": "2070443601311540",
         "message_id": "2070443601311540",
         "orderingKey": "key",
         "publishTime": "2026-11-20T09:00:01.123Z",
         "publish_time": "2026-11-20T09:00:01.123Z"},
       "subscription": "projects/p/subscriptions/extract-requests-push"}
      """
          .formatted(base64(REQUEST));

  private static final PubSubMessage MESSAGE =
      new PubSubMessage(
          "2070443601311540", PUBLISHED, Map.of("table", "orders"), REQUEST, 2, SUBSCRIPTION);

  private static final String OBJECT =
      """
      {"kind": "storage#object",
       "id": "deltas/manifests/orders/7.json/1763629201123456",
       "name": "manifests/orders/7.json", "bucket": "deltas",
       "generation": "1763629201123456", "metageneration": "1", "contentType": "application/json",
       "timeCreated": "2026-11-20T09:00:00.500Z", "updated": "2026-11-20T09:00:00.500Z",
       "storageClass": "STANDARD", "size": "512", "md5Hash": "rL0Y20zC+Fzt72VPzMSk2A==",
       "crc32c": "AAAAAA==", "etag": "CICAgICAgICA", "metadata": {"run": "7"}}
      """;

  private static final Instant WRITTEN = Instant.parse("2026-11-20T09:00:00.500Z");

  private static ObjectFinalized manifest(String eventId, Instant time, @Nullable Integer attempt) {
    return new ObjectFinalized(
        eventId, "deltas", "manifests/orders/7.json", 1763629201123456L, 512, time, attempt);
  }

  private static String notification(String eventType, String payloadFormat) {
    return """
        {"message": {
           "attributes": {
             "notificationConfig": "projects/_/buckets/deltas/notificationConfigs/1",
             "eventType": "%s", "payloadFormat": "%s", "bucketId": "deltas",
             "objectId": "manifests/orders/7.json", "objectGeneration": "1763629201123456",
             "eventTime": "2026-11-20T09:00:00.700Z"},
           "data": "%s", "messageId": "77", "publishTime": "2026-11-20T09:00:01.123Z"},
         "subscription": "projects/p/subscriptions/staged-deltas-push"}
        """
        .formatted(eventType, payloadFormat, base64(OBJECT));
  }

  private static String structured(String type, String data) {
    return """
        {"specversion": "1.0", "id": "77", "type": "%s",
         "source": "//storage.googleapis.com/projects/_/buckets/deltas",
         "subject": "objects/manifests/orders/7.json", "time": "2026-11-20T09:00:00.600Z",
         "datacontenttype": "application/json", %s}
        """
        .formatted(type, data);
  }

  private static Map<String, String> binary(String type) {
    return Map.of(
        "Content-Type", "application/json; charset=utf-8",
        "ce-specversion", "1.0",
        "ce-type", type,
        "ce-id", "77",
        "ce-source", "//pubsub.googleapis.com/projects/p/topics/t",
        "ce-time", "2026-11-20T09:00:00.600Z");
  }

  static Stream<Arguments> envelopes() {
    String published = "google.cloud.pubsub.topic.v1.messagePublished";
    String finalized = "google.cloud.storage.object.v1.finalized";
    Instant ceTime = Instant.parse("2026-11-20T09:00:00.600Z");
    Map<String, String> structured = Map.of("content-type", "application/cloudevents+json");
    ObjectFinalized notified = manifest("77", Instant.parse("2026-11-20T09:00:00.700Z"), null);
    return Stream.of(
        arguments("wrapped push", Map.of("Content-Type", "application/json"), PUSH, MESSAGE),
        arguments("wrapped push without a content type", Map.of(), PUSH, MESSAGE),
        arguments(
            "unwrapped push",
            Map.of(
                "X-Goog-Pubsub-Message-Id", "2070443601311540",
                "x-goog-pubsub-publish-time", "2026-11-20T09:00:01.123Z",
                "x-goog-pubsub-subscription-name", SUBSCRIPTION,
                "X-Goog-Pubsub-Delivery-Attempt", "2",
                "Authorization", "Bearer x",
                "Table", "orders"),
            REQUEST,
            MESSAGE),
        arguments(
            "unwrapped push of a scheduler's tick",
            Map.of(
                "x-goog-pubsub-message-id", "77",
                "x-goog-pubsub-publish-time", "2026-11-20T09:00:01.123Z",
                "trigger", "schedule"),
            REQUEST,
            new PubSubMessage("77", PUBLISHED, Map.of("trigger", "schedule"), REQUEST, null, null)),
        arguments("binary CloudEvent, Pub/Sub", binary(published), PUSH, MESSAGE),
        arguments(
            "structured CloudEvent, Pub/Sub",
            structured,
            structured(published, "\"data\": " + PUSH),
            MESSAGE),
        arguments(
            "structured CloudEvent with base64 data",
            Map.of("CONTENT-TYPE", "application/cloudevents+json; charset=UTF-8"),
            structured(published, "\"data_base64\": \"" + base64(PUSH) + "\""),
            MESSAGE),
        arguments(
            "binary CloudEvent, Storage", binary(finalized), OBJECT, manifest("77", ceTime, null)),
        arguments(
            "structured CloudEvent, Storage",
            structured,
            structured(finalized, "\"data\": " + OBJECT),
            manifest("77", ceTime, null)),
        arguments(
            "structured CloudEvent, Storage, without a time",
            structured,
            structured(finalized, "\"data\": " + OBJECT)
                .replace("\"time\": \"2026-11-20T09:00:00.600Z\",", ""),
            manifest("77", WRITTEN, null)),
        arguments(
            "storage notification by push",
            Map.of("content-type", "application/json"),
            notification("OBJECT_FINALIZE", "JSON_API_V1"),
            notified),
        arguments(
            "storage notification by push, second delivery",
            Map.of(),
            "{\"deliveryAttempt\":3," + notification("OBJECT_FINALIZE", "JSON_API_V1").substring(1),
            manifest("77", Instant.parse("2026-11-20T09:00:00.700Z"), 3)),
        arguments(
            "storage notification by Eventarc",
            binary(published),
            notification("OBJECT_FINALIZE", "JSON_API_V1"),
            notified),
        arguments(
            "storage notification, unwrapped",
            Map.of(
                "x-goog-pubsub-message-id", "77",
                "x-goog-pubsub-publish-time", "2026-11-20T09:00:01.123Z",
                "eventtype", "OBJECT_FINALIZE",
                "bucketid", "deltas",
                "eventtime", "2026-11-20T09:00:00.700Z"),
            OBJECT,
            notified));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("envelopes")
  void opens(String name, Map<String, String> headers, String body, IncomingEvent expected) {
    assertThat(decode(headers, body)).as(name).isEqualTo(expected);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("envelopes")
  void wrapsWhateverItOpened(
      String name, Map<String, String> headers, String body, IncomingEvent event) {
    String wrapped = Envelopes.wrap(decode(headers, body));

    assertThat(decode(Map.of(), wrapped)).as(wrapped).isEqualTo(event);
  }

  @Test
  void wrapsAMessageAsPubSubDoes() {
    assertThat(Envelopes.wrap(MESSAGE))
        .isEqualTo(
            "{\"message\":{\"attributes\":{\"table\":\"orders\"},\"data\":\""
                + base64(REQUEST)
                + "\",\"messageId\":\"2070443601311540\","
                + "\"publishTime\":\"2026-11-20T09:00:01.123Z\"},"
                + "\"subscription\":\"projects/p/subscriptions/extract-requests-push\","
                + "\"deliveryAttempt\":2}");
  }

  @Test
  void aMessageMayConsistOfAttributesAlone() {
    String body =
        "{\"message\":{\"attributes\":{\"a\":\"b\"},\"messageId\":\"1\","
            + "\"publishTime\":\"2026-11-20T09:00:01.123+00:00\"}}";

    assertThat(decode(Map.of(), body))
        .isEqualTo(new PubSubMessage("1", PUBLISHED, Map.of("a", "b"), "", null, null))
        .isEqualTo(decode(Map.of(), Envelopes.wrap(decode(Map.of(), body))));
  }

  static Stream<Arguments> refused() {
    Map<String, String> structured = Map.of("content-type", "application/cloudevents+json");
    Map<String, String> published = binary("google.cloud.pubsub.topic.v1.messagePublished");
    return Stream.of(
        arguments(Map.of(), "", "received an empty request body; accepted are Pub/Sub push"),
        arguments(Map.of(), "hello", "the request body is malformed JSON at line 1"),
        arguments(
            Map.of("content-type", "application/json"),
            REQUEST,
            "received application/json with the fields [table]; accepted are"),
        arguments(Map.of(), "[]", "the request body must be a JSON object"),
        arguments(Map.of(), "{\"message\": 5}", "the request body's 'message' must be an object"),
        arguments(Map.of(), "{\"message\": {}}", "the request body's message has no 'messageId'"),
        arguments(Map.of(), PUSH.replace("publish", "p"), "has no 'publishTime'"),
        arguments(
            Map.of(),
            PUSH.replace("2026-11-20T", "yesterday"),
            "publishTime must be a time such as 2026-01-31T12:00:00Z"),
        arguments(
            Map.of(), PUSH.replace(base64(REQUEST), "%%%"), "the envelope's data is not base64"),
        arguments(Map.of(), PUSH.replace(base64(REQUEST), "//79"), "the message is not UTF-8 text"),
        arguments(Map.of(), PUSH.replace("\"orders\"", "5"), "attributes's 'table' must be text"),
        arguments(
            Map.of(),
            notification("OBJECT_DELETE", "JSON_API_V1"),
            "received the storage event OBJECT_DELETE; only OBJECT_FINALIZE is accepted"),
        arguments(
            Map.of(),
            notification("OBJECT_FINALIZE", "NONE"),
            "received a storage notification with the payload format NONE; only JSON_API_V1"),
        arguments(
            Map.of("x-goog-pubsub-message-id", "1"),
            REQUEST,
            "the header x-goog-pubsub-publish-time must be a time"),
        arguments(
            Map.of("content-type", "application/cloudevents-batch+json"),
            "[]",
            "received a batch of CloudEvents; accepted are"),
        arguments(structured, "{}", "received a CloudEvent of specversion none"),
        arguments(
            structured,
            structured("google.cloud.audit.log.v1.written", "\"data\": {}"),
            "received a CloudEvent of the type google.cloud.audit.log.v1.written; accepted are"),
        arguments(
            structured,
            structured("google.cloud.storage.object.v1.deleted", "\"data\": {}"),
            "received a CloudEvent of the type google.cloud.storage.object.v1.deleted"),
        arguments(
            structured,
            structured("google.cloud.storage.object.v1.finalized", "\"x\": 1"),
            "the CloudEvent has no 'data'"),
        arguments(
            structured,
            structured(
                "google.cloud.storage.object.v1.finalized",
                "\"data\": " + OBJECT.replace("\"512\"", "\"-1\"")),
            "the CloudEvent's data's 'size' must be a whole number"),
        arguments(
            Map.of("ce-type", "x", "ce-specversion", "0.3"),
            "{}",
            "received a CloudEvent of specversion 0.3"),
        arguments(published, "null", "the CloudEvent's data must be a JSON object"));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void saysWhatItDoesNotAccept(Map<String, String> headers, String body, String expected) {
    DeltaferryException error =
        catchThrowableOfType(DeltaferryException.class, () -> decode(headers, body));

    assertThat(error).as("%s is refused", body).isNotNull();
    assertThat(error.code()).isEqualTo(ErrorCode.MESSAGE_INVALID);
    assertThat(error.getMessage()).contains(expected);
  }

  @Property(tries = 300)
  void throwsNothingElse(@ForAll byte[] body, @ForAll("types") String type) {
    refuses(Map.of("content-type", List.of(type)), body);
  }

  @Property(tries = 500)
  void survivesDamage(@ForAll int at, @ForAll char letter) {
    for (String whole : List.of(PUSH, notification("OBJECT_FINALIZE", "JSON_API_V1"))) {
      StringBuilder damaged = new StringBuilder(whole);
      damaged.setCharAt(Math.floorMod(at, whole.length()), letter);
      refuses(Map.of(), damaged.toString().getBytes(StandardCharsets.UTF_8));
    }
  }

  @Provide
  Arbitrary<String> types() {
    return Arbitraries.of("", "application/json", "application/cloudevents+json", "text/plain");
  }

  private static void refuses(Map<String, List<String>> headers, byte[] body) {
    try {
      assertThat(Envelopes.decode(headers, body)).isNotNull();
    } catch (DeltaferryException refused) {
      assertThat(refused.code()).isEqualTo(ErrorCode.MESSAGE_INVALID);
    }
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "traceparent, 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01, 0af7651916cd43dd8448eb211c80319c, b7ad6b7169203331, true",
        "TraceParent, 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00, 0af7651916cd43dd8448eb211c80319c, b7ad6b7169203331, false",
        "X-Cloud-Trace-Context, 105445aa7843bc8bf206b12000100000/1;o=1, 105445aa7843bc8bf206b12000100000, 0000000000000001, true",
        "x-cloud-trace-context, 105445AA7843bc8bf206b12000100000/18446744073709551615, 105445aa7843bc8bf206b12000100000, ffffffffffffffff, false",
        "x-cloud-trace-context, 105445aa7843bc8bf206b12000100000, 105445aa7843bc8bf206b12000100000, 0000000000000000, false",
        "x-cloud-trace-context, 105445aa7843bc8bf206b12000100000/99999999999999999999, -, -, -",
        "traceparent, 00-00000000000000000000000000000000-b7ad6b7169203331-01, -, -, -",
        "traceparent, nonsense, -, -, -",
        "accept, x, -, -, -"
      })
  void readsTheTrace(String header, String value, String trace, String span, Boolean sampled) {
    Optional<TraceContext> expected =
        trace == null ? Optional.empty() : Optional.of(new TraceContext(trace, span, sampled));

    assertThat(TraceContext.of(Map.of(header, List.of(value)))).isEqualTo(expected);
  }

  private static IncomingEvent decode(Map<String, String> headers, String body) {
    Map<String, List<String>> lists = new TreeMap<>();
    headers.forEach((name, value) -> lists.put(name, List.of(value)));
    return Envelopes.decode(lists, body.getBytes(StandardCharsets.UTF_8));
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
