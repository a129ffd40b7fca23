package io.deltaferry.cli.holes;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.deltaferry.cli.process.ForwardedRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.zip.GZIPInputStream;

/** The way to an endpoint, where each call is written down. */
final class RecordingDoor implements AutoCloseable {
  private final URI endpoint;
  private final Queue<Call> calls;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /** One call, as it was made. */
  record Call(String method, String path, String body) {}

  /**
   * Opens it.
   *
   * @param calls gets the calls
   */
  RecordingDoor(String endpoint, ConcurrentLinkedQueue<Call> calls) throws IOException {
    this.endpoint = URI.create(endpoint);
    this.calls = calls;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::handle);
    server.setExecutor(threads);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] sent = exchange.getRequestBody().readAllBytes();
      calls.add(
          new Call(exchange.getRequestMethod(), exchange.getRequestURI().getPath(), text(sent)));
      HttpResponse<byte[]> response =
          client.send(ForwardedRequest.of(exchange, sent, endpoint), BodyHandlers.ofByteArray());
      response.headers().map().entrySet().stream()
          .filter(header -> !ForwardedRequest.isOfAConnection(header.getKey()))
          .forEach(
              header ->
                  header
                      .getValue()
                      .forEach(value -> exchange.getResponseHeaders().add(header.getKey(), value)));
      byte[] body = response.body();
      exchange.sendResponseHeaders(response.statusCode(), body.length == 0 ? -1 : body.length);
      if (body.length > 0) {
        exchange.getResponseBody().write(body);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Google's clients send most bodies compressed. */
  private static String text(byte[] sent) throws IOException {
    boolean compressed = sent.length > 1 && sent[0] == 0x1f && sent[1] == (byte) 0x8b;
    if (!compressed) {
      return new String(sent, StandardCharsets.UTF_8);
    }
    try (InputStream body = new GZIPInputStream(new ByteArrayInputStream(sent))) {
      return new String(body.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
