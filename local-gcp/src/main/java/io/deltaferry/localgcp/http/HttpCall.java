package io.deltaferry.localgcp.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PushbackInputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/** One request and the way to answer it. Answer exactly once. */
public final class HttpCall {
  static final ObjectMapper JSON = new ObjectMapper();

  // An answer that leaves the body unread loses the connection, and the answer with it while the
  // caller still sends; beyond this size waiting costs more than the lost connection.
  private static final long DRAIN_LIMIT = 1L << 30;

  // Has no body, not even that of an error.
  private static final int NOT_MODIFIED = 304;

  private final HttpExchange exchange;
  private final Map<String, String> pathParameters;
  private @Nullable Map<String, List<String>> queryParameters;
  private @Nullable InputStream body;

  HttpCall(HttpExchange exchange, Map<String, String> pathParameters) {
    this.exchange = exchange;
    this.pathParameters = Map.copyOf(pathParameters);
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

  /** The first value of a query parameter, decoded. */
  public Optional<String> query(String name) {
    return queries(name).stream().findFirst();
  }

  /** All values of a query parameter that was given more than once, decoded, in order. */
  public List<String> queries(String name) {
    if (queryParameters == null) {
      queryParameters = parseQuery(exchange.getRequestURI().getRawQuery());
    }
    return List.copyOf(queryParameters.getOrDefault(name, List.of()));
  }

  public Optional<String> header(String name) {
    return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name));
  }

  /** All values of a header that was sent more than once, in order. */
  public List<String> headers(String name) {
    List<String> values = exchange.getRequestHeaders().get(name);
    return values == null ? List.of() : List.copyOf(values);
  }

  /** The scheme, host and port this call was sent to, without a trailing slash. */
  public String baseUrl() {
    return "http://" + header("Host").orElse("127.0.0.1:" + exchange.getLocalAddress().getPort());
  }

  /** The request body, gunzipped when the request says it is gzipped; one stream per call. */
  public InputStream body() throws IOException {
    if (body == null) {
      InputStream raw = exchange.getRequestBody();
      boolean gzip = header("Content-Encoding").map("gzip"::equalsIgnoreCase).orElse(false);
      body = gzip ? gunzip(raw) : raw;
    }
    return body;
  }

  private static InputStream gunzip(InputStream raw) throws IOException {
    PushbackInputStream peeked = new PushbackInputStream(raw);
    int first = peeked.read();
    if (first < 0) {
      return raw;
    }
    peeked.unread(first);
    try {
      return new GZIPInputStream(peeked, 1 << 16);
    } catch (EOFException | ZipException e) {
      throw new GoogleError(400, "parseError", "the body is not gzip, as its header says");
    }
  }

  /**
   * The body as JSON; an empty body is an empty object.
   *
   * @throws GoogleError 400 when it is not JSON
   */
  public JsonNode json() throws IOException {
    return json(bytes());
  }

  /**
   * A body, or a part of one, as JSON; an empty one is an empty object.
   *
   * @throws GoogleError 400 when it is not JSON
   */
  public static JsonNode json(byte[] bytes) throws IOException {
    try {
      return bytes.length == 0 ? JSON.createObjectNode() : JSON.readTree(bytes);
    } catch (JsonProcessingException e) {
      throw new GoogleError(400, "parseError", "Parse Error: " + e.getOriginalMessage());
    }
  }

  /**
   * The whole body.
   *
   * @throws GoogleError 400 when it is not the gzip its header says
   */
  public byte[] bytes() throws IOException {
    try {
      return body().readAllBytes();
    } catch (ZipException e) {
      throw new GoogleError(400, "parseError", "the body is not gzip, as its header says");
    }
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

  public void respond(int status, byte[] answer) throws IOException {
    if (sendHead(status, answer.length)) {
      exchange.getResponseBody().write(answer);
    }
    exchange.close();
  }

  /**
   * Streams exactly {@code length} bytes of {@code content}; the caller closes {@code content}.
   *
   * @throws EOFException when {@code content} is shorter, after cutting the connection
   */
  public void respond(int status, long length, InputStream content) throws IOException {
    if (sendHead(status, length)) {
      copy(content, exchange.getResponseBody(), length);
    }
    exchange.close();
  }

  /** Streams all of {@code content} in chunks, for an answer whose length is not known before. */
  public void respondChunked(int status, InputStream content) throws IOException {
    discardBody();
    if (isHead()) {
      exchange.sendResponseHeaders(status, -1);
    } else {
      exchange.sendResponseHeaders(status, 0);
      content.transferTo(exchange.getResponseBody());
    }
    exchange.close();
  }

  /** Cuts the connection without an answer, as a broken network does. */
  public void abort() {
    exchange.close();
  }

  /** Whether the head of the answer has been sent, after which no other answer is possible. */
  boolean answered() {
    return exchange.getResponseCode() != -1;
  }

  /** Sends status and headers; true when a body must follow. */
  private boolean sendHead(int status, long length) throws IOException {
    discardBody();
    if (isHead()) {
      responseHeader("Content-Length", Long.toString(length));
    }
    boolean bodyless = length == 0 || isHead() || status == NOT_MODIFIED;
    exchange.sendResponseHeaders(status, bodyless ? -1 : length);
    return !bodyless;
  }

  private boolean isHead() {
    return exchange.getRequestMethod().equals("HEAD");
  }

  private void discardBody() throws IOException {
    InputStream raw = exchange.getRequestBody();
    byte[] buffer = new byte[1 << 16];
    long left = DRAIN_LIMIT;
    int read = 0;
    while (left > 0 && (read = raw.read(buffer)) >= 0) {
      left -= read;
    }
  }

  private static void copy(InputStream from, OutputStream to, long length) throws IOException {
    byte[] buffer = new byte[1 << 16];
    long left = length;
    while (left > 0) {
      int read = from.read(buffer, 0, (int) Math.min(buffer.length, left));
      if (read < 0) {
        throw new EOFException("the content ends " + left + " bytes early");
      }
      to.write(buffer, 0, read);
      left -= read;
    }
  }

  private static Map<String, List<String>> parseQuery(@Nullable String raw) {
    Map<String, List<String>> result = new LinkedHashMap<>();
    if (raw == null || raw.isEmpty()) {
      return result;
    }
    for (String pair : raw.split("&", -1)) {
      int equals = pair.indexOf('=');
      String name = equals < 0 ? pair : pair.substring(0, equals);
      String value = equals < 0 ? "" : pair.substring(equals + 1);
      result.computeIfAbsent(decode(name), first -> new ArrayList<>()).add(decode(value));
    }
    return result;
  }

  static String decode(String raw) {
    return URLDecoder.decode(raw, StandardCharsets.UTF_8);
  }
}
