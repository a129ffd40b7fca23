package io.deltaferry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the running services answer to each envelope, over HTTP. */
@ExtendWith(SharedStack.class)
class EntryIT {
  private static final String MESSAGE_TYPE = "google.cloud.pubsub.topic.v1.messagePublished";
  private static final String OBJECT_TYPE = "google.cloud.storage.object.v1.finalized";
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final HttpClient http = HttpClient.newHttpClient();

  @Test
  void healthIsAnswered(SharedStack.Running stack) throws Exception {
    for (String service : List.of("extractor", "loader", "merger")) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(url(stack, service) + "/health")).build();
      assertThat(send(request).statusCode()).as(service).isEqualTo(200);
    }
  }

  @Test
  void aRawPushIsARequestAndCarriesItsTrace(SharedStack.Running stack) throws Exception {
    HttpResponse<String> answer =
        send(
            post(stack, "extractor", push("entry-raw"))
                .header("Content-Type", "application/json")
                .header("traceparent", "00-" + TRACE + "-00f067aa0ba902b7-01")
                .build());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(204);
    assertRunOf(stack, "entry-raw");
    List<JsonNode> lines = logOf(stack, "extractor");
    assertThat(lines)
        .filteredOn(
            line ->
                line.path("logging.googleapis.com/trace")
                    .asText()
                    .equals("projects/shop-local/traces/" + TRACE))
        .isNotEmpty()
        .allSatisfy(
            line -> {
              assertThat(line.path("severity").asText()).isIn("INFO", "WARNING");
              assertThat(line.path("stage").asText()).isEqualTo("extractor");
              assertThat(line.path("table").asText()).isEqualTo("orders");
              assertThat(line.path("commit").asText()).isNotEmpty();
            });
  }

  @Test
  void aBinaryCloudEventIsARequest(SharedStack.Running stack) throws Exception {
    HttpResponse<String> answer =
        send(binary(post(stack, "extractor", push("entry-binary")), MESSAGE_TYPE));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(204);
    assertRunOf(stack, "entry-binary");
  }

  @Test
  void aStructuredCloudEventIsARequest(SharedStack.Running stack) throws Exception {
    String event =
        """
        {"specversion":"1.0","id":"1","source":"//pubsub.googleapis.com/projects/p/topics/t",
         "type":"%s","time":"2026-11-20T10:00:00Z","datacontenttype":"application/json","data":%s}
        """
            .formatted(MESSAGE_TYPE, push("entry-structured"));
    HttpResponse<String> answer =
        send(
            post(stack, "extractor", event)
                .header("Content-Type", "application/cloudevents+json")
                .build());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(204);
    assertRunOf(stack, "entry-structured");
  }

  @Test
  void theLoaderPassesObjectsByThatAreNoManifests(SharedStack.Running stack) throws Exception {
    String object =
        """
        {"bucket":"shop-local-staging","name":"parts/orders/1/0/x/00000","generation":"1","size":"5",
         "timeCreated":"2026-11-20T10:00:00Z"}
        """;
    HttpResponse<String> answer = send(binary(post(stack, "loader", object), OBJECT_TYPE));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(204);
  }

  @Test
  void whatNobodyUnderstandsIsAcknowledgedAndKeptAsADeadLetter(SharedStack.Running stack)
      throws Exception {
    HttpResponse<String> answer =
        send(
            post(stack, "merger", "{\"hello\":1}")
                .header("Content-Type", "application/json")
                .build());
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("{\"refused\":\"MESSAGE_INVALID\"}");
  }

  private static String push(String requestId) {
    String request = "{\"table\":\"orders\",\"request_id\":\"" + requestId + "\"}";
    return """
        {"message":{"data":"%s","messageId":"7","publishTime":"2026-11-20T10:00:00Z"},\
        "subscription":"projects/shop-local/subscriptions/extract-requests-push"}"""
        .formatted(Base64.getEncoder().encodeToString(request.getBytes(StandardCharsets.UTF_8)));
  }

  /** The request gets a run: at once, or when the live run that it met has ended. */
  private static void assertRunOf(SharedStack.Running stack, String requestId)
      throws IOException, InterruptedException {
    Instant deadline = Instant.now().plus(PATIENCE);
    boolean found = false;
    while (!found && Instant.now().isBefore(deadline)) {
      found = hasRun(stack, requestId);
      TimeUnit.MILLISECONDS.sleep(100);
    }
    assertThat(found).as("request %s has a run", requestId).isTrue();
  }

  private static boolean hasRun(SharedStack.Running stack, String requestId) throws IOException {
    String line = "\"requestId\" : \"" + requestId + "\"";
    try (Stream<Path> files = Files.walk(Path.of(stack.dataDir(), "storage"))) {
      return files.filter(Files::isRegularFile).anyMatch(file -> contains(file, line));
    }
  }

  private static boolean contains(Path file, String text) {
    try {
      return Files.size(file) < 1_000_000
          && new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(text);
    } catch (IOException e) {
      // Renamed or removed while we look; then it is not the one.
      return false;
    }
  }

  private static List<JsonNode> logOf(SharedStack.Running stack, String service)
      throws IOException {
    return Files.readAllLines(Path.of(stack.dataDir(), "logs", service + ".jsonl")).stream()
        .map(CommandRun::parse)
        .toList();
  }

  private static HttpRequest.Builder post(SharedStack.Running stack, String service, String body) {
    return HttpRequest.newBuilder(URI.create(url(stack, service) + "/"))
        .POST(HttpRequest.BodyPublishers.ofString(body));
  }

  private static HttpRequest binary(HttpRequest.Builder request, String type) {
    return request
        .header("Content-Type", "application/json")
        .header("ce-specversion", "1.0")
        .header("ce-id", "1")
        .header("ce-source", "//storage.googleapis.com/projects/_/buckets/shop-local-staging")
        .header("ce-type", type)
        .header("ce-time", "2026-11-20T10:00:00Z")
        .build();
  }

  private HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
    return http.send(request, HttpResponse.BodyHandlers.ofString());
  }

  private static String url(SharedStack.Running stack, String service) {
    return stack.ready().path(service).asText();
  }
}
