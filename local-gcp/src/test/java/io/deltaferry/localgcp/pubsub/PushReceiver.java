package io.deltaferry.localgcp.pubsub;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.ToIntFunction;

/** An endpoint that records pushes and answers as it is told. */
final class PushReceiver implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** One push as it came over the wire; header names in lower case. */
  record Push(String body, Map<String, String> headers, Instant at) {
    JsonNode json() {
      try {
        return JSON.readTree(body);
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }

    String data() {
      String base64 = json().path("message").path("data").asText();
      return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
    }

    String messageId() {
      return json().path("message").path("messageId").asText();
    }
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Push> pushes = new CopyOnWriteArrayList<>();
  private volatile ToIntFunction<Push> answer = push -> 204;

  PushReceiver() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::receive);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/push";
  }

  /** The status for each push; runs in the request, so it may also wait. */
  void answers(ToIntFunction<Push> how) {
    answer = how;
  }

  List<Push> pushes() {
    return List.copyOf(pushes);
  }

  private void receive(HttpExchange exchange) throws IOException {
    Map<String, String> headers = new TreeMap<>();
    exchange
        .getRequestHeaders()
        .forEach(
            (name, values) -> headers.put(name.toLowerCase(java.util.Locale.ROOT), values.get(0)));
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    Push push = new Push(body, headers, Instant.now());
    pushes.add(push);
    exchange.sendResponseHeaders(answer.applyAsInt(push), -1);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
