package io.deltaferry.cli.doctor;

import com.sun.net.httpserver.HttpServer;
import io.deltaferry.cli.doctor.cloud.CallerTokens;
import io.deltaferry.cli.doctor.cloud.Cloud;
import io.deltaferry.cli.endpoint.Endpoints;
import io.deltaferry.cli.endpoint.Located;
import io.deltaferry.table.TableCatalog;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A deployment that takes itself for one in Google Cloud: a caller with credentials, and the APIs
 * that no local endpoint has, which answer what they are told to.
 */
public final class FakeCloud implements AutoCloseable {
  public static final String PROJECT = "clinic-cloud";
  public static final String BUCKET = "clinic-cloud-staging";

  private static final String TABLES =
      """
      source:
        cloudsql: clinic-cloud:europe-west1:main
        database: clinic
        user: deltaferry-extractor@clinic-cloud.iam
        iam_auth: true
      target: {project: clinic-cloud, dataset: clinic, location: EU}
      bucket: clinic-cloud-staging
      defaults: {cursor: changed_at}
      tables:
        visits: {source: clinic.visits}
        scans: {source: clinic.scans, extract_in: job}
      """;

  private final HttpServer server;
  private final Map<String, Answer> answers = new ConcurrentHashMap<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();

  private record Answer(int status, String body) {}

  public FakeCloud() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          String path = exchange.getRequestURI().getPath();
          asked.add(path + " " + exchange.getRequestHeaders().getFirst("Authorization"));
          Answer answer = answers.getOrDefault(path, new Answer(404, "{}"));
          byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(answer.status(), body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
  }

  public URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Lets a path answer that from now on. */
  public void answer(String path, int status, String body) {
    answers.put(path, new Answer(status, body));
  }

  /** Path and authorization of every call so far. */
  public List<String> asked() {
    return List.copyOf(asked);
  }

  /**
   * A deployment whose other APIs are at those endpoints.
   *
   * @param identityToken what the caller has for services; empty for none
   */
  public static Cloud deployment(Endpoints endpoints, Optional<String> identityToken) {
    return deployment(endpoints, new Caller(identityToken));
  }

  /** A deployment whose other APIs are at those endpoints, and who calls them. */
  public static Cloud deployment(Endpoints endpoints, CallerTokens caller) {
    return new Cloud(
        new Located(endpoints, "tables.yaml", null, null, null),
        TableCatalog.read(TABLES, Map.of()),
        "deltaferry",
        caller);
  }

  /** A deployment of which only what this server answers can be asked. */
  public static Cloud deployment() {
    return deployment(
        new Endpoints(PROJECT, "http://127.0.0.1:1", "http://127.0.0.1:1", "127.0.0.1:1"),
        Optional.empty());
  }

  private record Caller(Optional<String> identityToken) implements CallerTokens {
    @Override
    public String describe() {
      return "a person's";
    }

    @Override
    public Map<String, List<String>> headers(URI api) {
      return Map.of("Authorization", List.of("Bearer access"));
    }

    @Override
    public Optional<String> identity(String audience) {
      return identityToken.map(token -> token + " for " + audience);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
