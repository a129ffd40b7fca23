package io.deltaferry.cli.chaos;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.deltaferry.cli.process.ForwardedRequest;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The way of one process to Cloud Storage or BigQuery: hands each call on, unless something happens
 * to it.
 */
final class Door implements AutoCloseable {
  static final Duration STALL = Duration.ofSeconds(3);

  private final String service;
  private final URI endpoint;
  private final FaultPlan faults;
  private final Runnable killer;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /**
   * Opens it.
   *
   * @param killer kills the process
   */
  Door(String service, URI endpoint, FaultPlan faults, Runnable killer) {
    this.service = service;
    this.endpoint = endpoint;
    this.faults = faults;
    this.killer = killer;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::handle);
    server.setExecutor(threads);
    server.start();
  }

  /** The address that the service takes for the endpoint's own. */
  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      Call call = Call.of(service, exchange.getRequestMethod(), exchange.getRequestURI(), body);
      Optional<Fault> fault = faults.of(call);
      if (fault.isEmpty()) {
        answer(exchange, forward(exchange, body));
      } else {
        happen(fault.get(), exchange, body);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Closing an exchange that has no answer breaks its connection. */
  private void happen(Fault fault, HttpExchange exchange, byte[] body)
      throws IOException, InterruptedException {
    if (fault == Fault.STALL) {
      Thread.sleep(STALL.toMillis());
      answer(exchange, forward(exchange, body));
      return;
    }
    if (fault.isDone()) {
      forward(exchange, body);
    }
    if (fault == Fault.CUT_WITHIN) {
      forwardHalf(exchange, body);
    }
    if (fault.kills()) {
      killer.run();
    }
    if (fault.answers()) {
      exchange.sendResponseHeaders(503, -1);
    }
  }

  private HttpResponse<byte[]> forward(HttpExchange exchange, byte[] body)
      throws IOException, InterruptedException {
    return client.send(ForwardedRequest.of(exchange, body, endpoint), BodyHandlers.ofByteArray());
  }

  private void answer(HttpExchange exchange, HttpResponse<byte[]> response) throws IOException {
    response
        .headers()
        .map()
        .forEach(
            (name, values) -> {
              if (!ForwardedRequest.isOfAConnection(name)) {
                values.forEach(value -> exchange.getResponseHeaders().add(name, here(value)));
              }
            });
    byte[] body = response.body();
    exchange.sendResponseHeaders(response.statusCode(), body.length == 0 ? -1 : body.length);
    if (body.length > 0) {
      exchange.getResponseBody().write(body);
    }
  }

  /** An upload's session lies where its first call went. */
  private String here(String value) {
    return value.replace(endpoint.toString(), url());
  }

  /** Says how much is coming, and sends half of it. */
  private void forwardHalf(HttpExchange exchange, byte[] body) throws IOException {
    try (Socket socket = new Socket(endpoint.getHost(), endpoint.getPort());
        OutputStream out = socket.getOutputStream()) {
      StringBuilder head = new StringBuilder();
      head.append(exchange.getRequestMethod()).append(' ').append(exchange.getRequestURI());
      head.append(" HTTP/1.1\r\nHost: ").append(endpoint.getAuthority());
      head.append("\r\nContent-Length: ").append(body.length).append("\r\n");
      ForwardedRequest.endToEnd(exchange.getRequestHeaders())
          .forEach(
              (name, values) ->
                  values.forEach(
                      value -> head.append(name).append(": ").append(value).append("\r\n")));
      head.append("\r\n");
      out.write(head.toString().getBytes(StandardCharsets.ISO_8859_1));
      out.write(body, 0, body.length / 2);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
