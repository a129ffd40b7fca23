package io.deltaferry.localgcp.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/** One request and the way to answer it. Answer exactly once. */
public final class HttpCall {
  static final ObjectMapper JSON = new ObjectMapper();

  private final HttpExchange exchange;
  private final Map<String, String> pathParameters;
  private final Map<String, String> queryParameters;

  HttpCall(HttpExchange exchange, Map<String, String> pathParameters) {
    this.exchange = exchange;
    this.pathParameters = Map.copyOf(pathParameters);
    this.queryParameters = parseQuery(exchange.getRequestURI().getRawQuery());
  }

  /** The method, with {@code X-HTTP-Method-Override} applied. */
  public String method() {
    return methodOf(exchange);
  }

  static String methodOf(HttpExchange exchange) {
    String override = exchange.getRequestHeaders().getFirst("X-HTTP-Method-Override");
    return override == null ? exchange.getRequestMethod() : override;
  }

  /** A decoded path variable of the route's pattern. */
  public String path(String name) {
    String value = pathParameters.get(name);
    if (value == null) {
      throw new IllegalArgumentException("the route has no variable " + name);
    }
    return value;
  }

  public Optional<String> query(String name) {
    return Optional.ofNullable(queryParameters.get(name));
  }

  public Optional<String> header(String name) {
    return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name));
  }

  /** The scheme, host and port this call was sent to, without a trailing slash. */
  public String baseUrl() {
    return "http://" + header("Host").orElse("127.0.0.1:" + exchange.getLocalAddress().getPort());
  }

  /** The request body, gunzipped when the request says it is gzipped. */
  public InputStream body() throws IOException {
    InputStream body = exchange.getRequestBody();
    boolean gzip = header("Content-Encoding").map("gzip"::equalsIgnoreCase).orElse(false);
    return gzip ? new GZIPInputStream(body) : body;
  }

  /** The body as JSON; an empty body is an empty object. */
  public JsonNode json() throws IOException {
    byte[] bytes = body().readAllBytes();
    return bytes.length == 0 ? JSON.createObjectNode() : JSON.readTree(bytes);
  }

  public HttpCall responseHeader(String name, String value) {
    exchange.getResponseHeaders().set(name, value);
    return this;
  }

  public void respondJson(int status, Object value) throws IOException {
    responseHeader("Content-Type", "application/json; charset=UTF-8");
    respond(status, JSON.writeValueAsBytes(value));
  }

  public void respondEmpty(int status) throws IOException {
    respond(status, new byte[0]);
  }

  public void respond(int status, byte[] body) throws IOException {
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    if (body.length > 0) {
      exchange.getResponseBody().write(body);
    }
    exchange.close();
  }

  /** Streams exactly {@code length} bytes of {@code body}; the caller closes {@code body}. */
  public void respond(int status, long length, InputStream body) throws IOException {
    exchange.sendResponseHeaders(status, length == 0 ? -1 : length);
    if (length > 0) {
      body.transferTo(exchange.getResponseBody());
    }
    exchange.close();
  }

  void respondError(GoogleError error) throws IOException {
    Map<String, Object> detail = new LinkedHashMap<>();
    detail.put("domain", "global");
    detail.put("reason", error.reason());
    detail.put("message", error.getMessage());
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("code", error.code());
    body.put("message", error.getMessage());
    body.put("errors", java.util.List.of(detail));
    body.put("status", statusName(error.code()));
    respondJson(error.code(), Map.of("error", body));
  }

  /** The name google.rpc.Code gives this HTTP status. */
  private static String statusName(int code) {
    return switch (code) {
      case 400 -> "INVALID_ARGUMENT";
      case 401 -> "UNAUTHENTICATED";
      case 403 -> "PERMISSION_DENIED";
      case 404 -> "NOT_FOUND";
      case 409 -> "ALREADY_EXISTS";
      case 412 -> "FAILED_PRECONDITION";
      case 429 -> "RESOURCE_EXHAUSTED";
      case 501 -> "UNIMPLEMENTED";
      case 503 -> "UNAVAILABLE";
      default -> code < 500 ? "INVALID_ARGUMENT" : "INTERNAL";
    };
  }

  private static Map<String, String> parseQuery(@org.jspecify.annotations.Nullable String raw) {
    Map<String, String> result = new LinkedHashMap<>();
    if (raw == null || raw.isEmpty()) {
      return result;
    }
    for (String pair : raw.split("&", -1)) {
      int equals = pair.indexOf('=');
      String name = equals < 0 ? pair : pair.substring(0, equals);
      String value = equals < 0 ? "" : pair.substring(equals + 1);
      result.putIfAbsent(decode(name), decode(value));
    }
    return result;
  }

  static String decode(String raw) {
    return URLDecoder.decode(raw, StandardCharsets.UTF_8);
  }
}
