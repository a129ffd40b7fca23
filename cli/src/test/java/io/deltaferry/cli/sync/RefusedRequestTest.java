package io.deltaferry.cli.sync;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.pubsub.v1.PubsubMessage;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RefusedRequestTest {
  private static final String REQUEST = "{\"table\":\"orders\",\"request_id\":\"r1\"}";

  @Test
  void aServicesRefusalIsAnEnvelopeWithItsReason() {
    String data = Base64.getEncoder().encodeToString(REQUEST.getBytes(StandardCharsets.UTF_8));
    assertThat(
            RefusedRequest.of(
                message(
                    "{\"message\":{\"data\":\"" + data + "\"}}",
                    Map.of("error_code", "TABLE_UNKNOWN", "error_message", "no table"))))
        .contains(new RefusedRequest("r1", new RunFailure("TABLE_UNKNOWN", "no table")));
  }

  @Test
  void whatPubSubGaveUpOnIsTheMessageItself() {
    assertThat(RefusedRequest.of(message(REQUEST, Map.of())))
        .hasValueSatisfying(
            refused -> {
              assertThat(refused.requestId()).isEqualTo("r1");
              assertThat(refused.reason().code()).isNull();
              assertThat(refused.reason().text()).contains("gave up");
            });
  }

  @Test
  void otherDeadLettersAreNoneOfOurs() {
    assertThat(RefusedRequest.of(message("{\"name\":\"manifests/a/1.json\"}", Map.of()))).isEmpty();
    assertThat(RefusedRequest.of(message("not json", Map.of()))).isEmpty();
  }

  private static PubsubMessage message(String data, Map<String, String> attributes) {
    return PubsubMessage.newBuilder()
        .setData(ByteString.copyFromUtf8(data))
        .putAllAttributes(attributes)
        .build();
  }
}
