package io.deltaferry.localgcp.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The HTTP layer by bare HTTP: what the clients rely on without saying so. */
class JsonHttpServerTest {
  private static final long LARGE = 300L << 20;

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final JsonHttpServer server = new JsonHttpServer("test", 0);

  @BeforeEach
  void start() {
    server.route("POST", "/echo", call -> call.respond(200, call.body().readAllBytes()));
    server.route("POST", "/json", call -> call.respondJson(200, call.json()));
    server.route(
        "POST",
        "/unread",
        call -> {
          throw GoogleError.notFound("not here");
        });
    server.route("POST", "/count", call -> call.respondJson(200, count(call.body())));
    server.route("GET", "/large", call -> call.respond(200, LARGE, zeros(LARGE)));
    server.route("GET", "/short", call -> call.respond(200, 10, zeros(4)));
    server.route("GET", "/streamed", call -> call.respondChunked(200, zeros(100_000)));
    server.route("GET", "/empty", call -> call.respondEmpty(204));
    server.route(
        "GET",
        "/same",
        call -> {
          throw new GoogleError(304, "notModified", "Not Modified");
        });
    server.route("GET", "/abort", HttpCall::abort);
    server.route(
        "GET",
        "/broken",
        call -> {
          throw new IllegalStateException("broken");
        });
    server.route(
        "GET",
        "/error",
        call -> {
          throw new LinkageError("broken");
        });
    server.route("GET", "/late", JsonHttpServerTest::failLate);
    server.route("GET", "/v/{id}:do", call -> call.respondJson(200, call.path("id")));
    server.route("GET", "/v/{id}", call -> call.respondJson(200, call.path("id")));
    server.route("GET", "/w/{id=*}/x", call -> call.respondJson(200, call.path("id")));
    server.route("GET", "/all/{rest=**}", call -> call.respondJson(200, call.path("rest")));
    server.route("GET", "/q", call -> call.respondJson(200, call.query("a").orElse("none")));
    server.start();
  }

  private static void failLate(HttpCall call) throws IOException {
    InputStream broken =
        new FilterInputStream(zeros(1)) {
          @Override
          public int read(byte[] target, int offset, int size) {
            throw new IllegalStateException("broken");
          }
        };
    call.respondChunked(200, new SequenceInputStream(zeros(100_000), broken));
  }

  private static InputStream zeros(long length) {
    return new InputStream() {
      private long left = length;

      @Override
      public int read() {
        return left-- > 0 ? 0 : -1;
      }

      @Override
      public int read(byte[] target, int offset, int size) {
        int count = (int) Math.min(size, left);
        left -= count;
        return count == 0 ? -1 : count;
      }
    };
  }

  private static long count(InputStream in) throws IOException {
    return in.transferTo(OutputStream.nullOutputStream());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(server.url() + path));
  }

  private HttpResponse<String> get(String path) throws Exception {
    return http.send(request(path).build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> post(String path, BodyPublisher body, String... headers)
      throws Exception {
    HttpRequest.Builder request = request(path).POST(body);
    if (headers.length > 0) {
      request.headers(headers);
    }
    return http.send(request.build(), BodyHandlers.ofString());
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
      out.write(text.getBytes(UTF_8));
    }
    return zipped.toByteArray();
  }

  @Test
  void gzippedChunkedBodiesAreRead() throws Exception {
    byte[] zipped = gzip("{\"a\":1}");
    BodyPublisher chunked = BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(zipped));
    assertThat(post("/json", chunked, "Content-Encoding", "gzip").body()).isEqualTo("{\"a\":1}");
    assertThat(post("/json", BodyPublishers.noBody(), "Content-Encoding", "gzip").body())
        .isEqualTo("{}");
  }

  @Test
  void whatIsNotJsonOrNotGzipIsRefusedInGooglesForm() throws Exception {
    HttpResponse<String> notJson = post("/json", BodyPublishers.ofString("{nonsense"));
    assertThat(notJson.statusCode()).isEqualTo(400);
    JsonNode error = new ObjectMapper().readTree(notJson.body()).get("error");
    assertThat(error.get("code").asInt()).isEqualTo(400);
    assertThat(error.at("/errors/0/reason").asText()).isEqualTo("parseError");
    assertThat(post("/json", BodyPublishers.ofString("x"), "Content-Encoding", "gzip").statusCode())
        .isEqualTo(400);
    assertThat(get("/nowhere").statusCode()).isEqualTo(404);
    assertThat(get("/broken").statusCode()).isEqualTo(500);
  }

  @Test
  void aRefusalArrivesThoughItsBodyIsUnread() throws Exception {
    BodyPublisher large = BodyPublishers.ofInputStream(() -> zeros(20 << 20));
    assertThat(post("/unread", large).statusCode()).isEqualTo(404);
  }

  @Test
  void aContinueIsSentBeforeTheBody() throws Exception {
    HttpRequest request =
        request("/echo").expectContinue(true).POST(BodyPublishers.ofString("waited")).build();
    assertThat(http.send(request, BodyHandlers.ofString()).body()).isEqualTo("waited");
  }

  @Test
  void oneConnectionServesManyCalls() throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.setSoTimeout(5_000);
      BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
      String body = "Content-Length: 5\r\n\r\n12345";
      for (int round = 0; round < 3; round++) {
        assertThat(exchange(socket, in, "GET /empty HTTP/1.1", "\r\n")).contains("204");
        assertThat(exchange(socket, in, "POST /unread HTTP/1.1", body)).contains("404");
        assertThat(exchange(socket, in, "GET /q HTTP/1.1", "\r\n")).contains("200");
        assertThat(exchange(socket, in, "HEAD /q HTTP/1.1", "\r\n")).contains("200");
        assertThat(exchange(socket, in, "GET /same HTTP/1.1", "\r\n")).contains("304");
        assertThat(exchange(socket, in, "GET /nowhere HTTP/1.1", "\r\n")).contains("404");
      }
    }
  }

  /** Sends a call and reads its answer; tells the status line. */
  private static String exchange(Socket socket, BufferedReader in, String line, String rest)
      throws IOException {
    socket.getOutputStream().write((line + "\r\nHost: x\r\n" + rest).getBytes(UTF_8));
    String status = in.readLine();
    int length = 0;
    for (String header = in.readLine();
        header != null && !header.isEmpty();
        header = in.readLine()) {
      if (header.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
        length = Integer.parseInt(header.substring(15).trim());
      }
    }
    in.skip(line.startsWith("HEAD") ? 0 : length);
    return status == null ? "closed" : status;
  }

  @Test
  void headIsAGetWithoutItsBody() throws Exception {
    HttpRequest head = request("/large").method("HEAD", BodyPublishers.noBody()).build();
    HttpResponse<byte[]> answer = http.send(head, BodyHandlers.ofByteArray());
    assertThat(answer.headers().firstValueAsLong("Content-Length")).hasValue(LARGE);
    assertThat(answer.body()).isEmpty();
  }

  @Test
  void streamsPassThroughWithoutBeingHeld() throws Exception {
    HttpResponse<InputStream> down =
        http.send(request("/large").build(), BodyHandlers.ofInputStream());
    assertThat(count(down.body())).isEqualTo(LARGE);
    BodyPublisher up = BodyPublishers.ofInputStream(() -> zeros(LARGE));
    assertThat(post("/count", up).body()).isEqualTo(Long.toString(LARGE));
    assertThat(get("/streamed").body()).hasSize(100_000);
  }

  @Test
  void anAnswerThatCannotBeFinishedIsCutNotEnded() {
    assertThatThrownBy(() -> get("/short")).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> get("/late")).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> get("/error")).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> get("/abort")).isInstanceOf(IOException.class);
  }

  @Test
  void routesTakeTheirVariablesDecoded() throws Exception {
    assertThat(get("/v/a%2Fb+c").body()).isEqualTo("\"a/b+c\"");
    assertThat(get("/v/topic:do").body()).isEqualTo("\"topic\"");
    assertThat(get("/v/topic:other").statusCode()).isEqualTo(404);
    assertThat(get("/w/a:b/x").body()).isEqualTo("\"a:b\"");
    assertThat(get("/all/a/b:c").body()).isEqualTo("\"a/b:c\"");
    assertThat(get("/q?a=1+2%2B3&a=4").body()).isEqualTo("\"1 2+3\"");
  }

  @Test
  void anOverriddenMethodIsTheOneThatCounts() throws Exception {
    server.route("PATCH", "/p", call -> call.respondJson(200, Map.of("method", call.method())));
    assertThat(post("/p", BodyPublishers.noBody(), "X-HTTP-Method-Override", "PATCH").body())
        .isEqualTo("{\"method\":\"PATCH\"}");
  }

  @Test
  void faultsAnswerInPlaceOfTheRoute() throws Exception {
    server.fault(
        call -> {
          throw new GoogleError(503, "backendError", "later");
        });
    assertThat(get("/empty").statusCode()).isEqualTo(503);
  }
}
