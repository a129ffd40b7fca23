package io.deltaferry.localgcp.http;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpContext;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpPrincipal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A call inside a batch: read from a part, answered into memory. */
final class BatchedExchange extends HttpExchange {
  private final String method;
  private final URI uri;
  private final Headers requestHeaders;
  private final InputStream body;
  private final Headers responseHeaders = new Headers();
  private final ByteArrayOutputStream content = new ByteArrayOutputStream();
  private int status = -1;

  private BatchedExchange(String method, URI uri, Headers headers, byte[] body) {
    this.method = method;
    this.uri = uri;
    this.requestHeaders = headers;
    this.body = new ByteArrayInputStream(body);
  }

  /** Reads {@code METHOD address HTTP/1.1}, headers, a blank line and the body. */
  static BatchedExchange read(InputStream part, String baseUrl) throws IOException {
    String text = new String(part.readAllBytes(), StandardCharsets.UTF_8);
    String[] halves = text.split("\r?\n\r?\n", 2);
    List<String> head = halves[0].lines().toList();
    String[] request = head.isEmpty() ? new String[0] : head.get(0).trim().split(" ", -1);
    if (request.length < 2) {
      throw GoogleError.invalid("a part of the batch is not an HTTP request");
    }
    Headers headers = new Headers();
    headers.set("Host", baseUrl.substring("http://".length()));
    for (String line : head.subList(1, head.size())) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        headers.add(line.substring(0, colon).trim(), line.substring(colon + 1).trim());
      }
    }
    byte[] body = halves.length < 2 ? new byte[0] : halves[1].getBytes(StandardCharsets.UTF_8);
    try {
      return new BatchedExchange(request[0], URI.create(request[1]), headers, body);
    } catch (IllegalArgumentException e) {
      throw GoogleError.invalid("a part of the batch has a malformed address");
    }
  }

  /** The whole answer as it stands in a part of the batch's answer. */
  byte[] answer() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    StringBuilder head = new StringBuilder("HTTP/1.1 ").append(status).append(" -\r\n");
    responseHeaders.set("Content-Length", Integer.toString(content.size()));
    for (Map.Entry<String, List<String>> header : responseHeaders.entrySet()) {
      for (String value : header.getValue()) {
        head.append(header.getKey()).append(": ").append(value).append("\r\n");
      }
    }
    out.writeBytes(head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
    out.writeBytes(content.toByteArray());
    return out.toByteArray();
  }

  @Override
  public Headers getRequestHeaders() {
    return requestHeaders;
  }

  @Override
  public Headers getResponseHeaders() {
    return responseHeaders;
  }

  @Override
  public URI getRequestURI() {
    return uri;
  }

  @Override
  public String getRequestMethod() {
    return method;
  }

  @Override
  public InputStream getRequestBody() {
    return body;
  }

  @Override
  public OutputStream getResponseBody() {
    return content;
  }

  @Override
  public void sendResponseHeaders(int code, long length) {
    status = code;
  }

  @Override
  public int getResponseCode() {
    return status;
  }

  @Override
  public void close() {
    if (status == -1) {
      // There is no connection to cut here; a fault that cuts it looks like this inside a batch.
      status = 503;
    }
  }

  @Override
  public InetSocketAddress getRemoteAddress() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  @Override
  public InetSocketAddress getLocalAddress() {
    return getRemoteAddress();
  }

  @Override
  public String getProtocol() {
    return "HTTP/1.1";
  }

  @Override
  public HttpContext getHttpContext() {
    throw new UnsupportedOperationException("a batched call has no context");
  }

  @Override
  public @Nullable Object getAttribute(String name) {
    return null;
  }

  @Override
  public void setAttribute(String name, Object value) {
    throw new UnsupportedOperationException("a batched call has no attributes");
  }

  @Override
  public void setStreams(InputStream in, OutputStream out) {
    throw new UnsupportedOperationException("a batched call has no filters");
  }

  @Override
  public @Nullable HttpPrincipal getPrincipal() {
    return null;
  }
}
