package io.deltaferry.localgcp.pubsub;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RestTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http = HttpClient.newHttpClient();
  private LocalPubSub pubsub;

  @BeforeEach
  void start() {
    pubsub = new LocalPubSub(PubSubSettings.inMemory()).start();
  }

  @AfterEach
  void stop() {
    pubsub.close();
  }

  @Test
  void publishesPullsAndAcknowledges() throws Exception {
    call(200, "PUT", "topics/orders", "{\"labels\":{\"a\":\"b\"}}");
    JsonNode created =
        call(200, "PUT", "subscriptions/orders", "{\"topic\":\"projects/p1/topics/orders\"}");
    assertThat(created.path("ackDeadlineSeconds").asInt()).isEqualTo(10);
    JsonNode published =
        call(
            200,
            "POST",
            "topics/orders:publish",
            "{\"messages\":[{\"data\":\"aGk=\",\"attributes\":{\"k\":\"v\"}}]}");
    JsonNode pulled = call(200, "POST", "subscriptions/orders:pull", "{\"maxMessages\":5}");
    JsonNode received = pulled.path("receivedMessages").path(0);
    assertThat(received.path("message").path("data").asText()).isEqualTo("aGk=");
    assertThat(received.path("message").path("messageId"))
        .isEqualTo(published.path("messageIds").path(0));
    String ids = "{\"ackIds\":[" + received.path("ackId") + "]";
    call(
        200, "POST", "subscriptions/orders:modifyAckDeadline", ids + ",\"ackDeadlineSeconds\":60}");
    call(200, "POST", "subscriptions/orders:acknowledge", ids + "}");
    assertThat(pubsub.backlogs().get(0).unacknowledged()).isZero();
  }

  @Test
  void keepsPoliciesAndAllowsEverything() throws Exception {
    call(200, "PUT", "topics/orders", "");
    call(200, "PUT", "subscriptions/orders", "{\"topic\":\"projects/p1/topics/orders\"}");
    String bindings = "\"bindings\":[{\"role\":\"roles/a\",\"members\":[\"user:b@c.d\"]}]";
    call(200, "POST", "topics/orders:setIamPolicy", "{\"policy\":{" + bindings + "}}");
    assertThat(call(200, "GET", "topics/orders:getIamPolicy", ""))
        .isEqualTo(JSON.readTree("{" + bindings + "}"));
    assertThat(call(200, "GET", "subscriptions/orders:getIamPolicy", "")).isEmpty();
    assertThat(
            call(
                200,
                "POST",
                "subscriptions/orders:testIamPermissions",
                "{\"permissions\":[\"pubsub.subscriptions.consume\"]}"))
        .isEqualTo(JSON.readTree("{\"permissions\":[\"pubsub.subscriptions.consume\"]}"));
    call(404, "GET", "topics/nothing:getIamPolicy", "");
  }

  @Test
  void readsChangesListsAndDeletes() throws Exception {
    call(200, "PUT", "topics/orders", "");
    call(200, "PUT", "subscriptions/orders", "{\"topic\":\"projects/p1/topics/orders\"}");
    JsonNode changed =
        call(
            200,
            "PATCH",
            "subscriptions/orders",
            "{\"subscription\":{\"ackDeadlineSeconds\":30},\"updateMask\":\"ackDeadlineSeconds\"}");
    assertThat(changed.path("ackDeadlineSeconds").asInt()).isEqualTo(30);
    call(
        200,
        "PATCH",
        "topics/orders",
        "{\"topic\":{\"labels\":{\"a\":\"b\"}},\"updateMask\":\"labels\"}");
    assertThat(call(200, "GET", "topics/orders", "").path("labels").path("a").asText())
        .isEqualTo("b");
    assertThat(call(200, "GET", "topics?pageSize=10", "").path("topics")).hasSize(1);
    assertThat(call(200, "GET", "subscriptions", "").path("subscriptions")).hasSize(1);
    assertThat(call(200, "GET", "topics/orders/subscriptions", "").path("subscriptions"))
        .hasSize(1);
    call(
        200,
        "POST",
        "subscriptions/orders:modifyPushConfig",
        "{\"pushConfig\":{\"pushEndpoint\":\"http://127.0.0.1:9/\"}}");
    call(200, "POST", "subscriptions/orders:seek", "{\"time\":\"2026-01-01T00:00:00Z\"}");
    call(200, "POST", "subscriptions/orders:detach", "");
    call(200, "DELETE", "subscriptions/orders", "");
    call(200, "DELETE", "topics/orders", "");
    call(404, "GET", "topics/orders", "");
  }

  @Test
  void refusesWithGooglesErrorBody() throws Exception {
    JsonNode error = call(404, "GET", "topics/absent", "").path("error");
    assertThat(error.path("status").asText()).isEqualTo("NOT_FOUND");
    assertThat(error.path("message").asText()).contains("projects/p1/topics/absent");
    call(200, "PUT", "topics/orders", "");
    assertThat(call(409, "PUT", "topics/orders", "").path("error").path("status").asText())
        .isEqualTo("ALREADY_EXISTS");
    call(400, "PUT", "topics/ab", "");
    call(400, "PUT", "topics/orders2", "{\"unknownField\":1}");
    call(400, "PUT", "topics/orders2", "{");
    call(400, "GET", "topics?pageSize=x", "");
    call(501, "PUT", "topics/orders2", "{\"kmsKeyName\":\"k\"}");
  }

  private JsonNode call(int status, String method, String path, String body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(pubsub.restUrl() + "/v1/projects/p1/" + path))
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build();
    HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    return JSON.readTree(response.body());
  }
}
