package io.deltaferry.cli.process;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Locale;
import java.util.Set;

/** A request as a proxy hands it on. */
public final class ForwardedRequest {
  /** Those of one connection, which whoever opens the next sets by itself. */
  private static final Set<String> OF_A_CONNECTION =
      Set.of(
          "connection",
          "content-length",
          "expect",
          "host",
          "http2-settings",
          "transfer-encoding",
          "upgrade");

  private ForwardedRequest() {}

  /**
   * The same request to another server.
   *
   * @param server scheme, host and port
   * @param body the exchange's, which can be read only once
   */
  public static HttpRequest of(HttpExchange exchange, byte[] body, URI server) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.resolve(exchange.getRequestURI()))
            .method(exchange.getRequestMethod(), BodyPublishers.ofByteArray(body));
    endToEnd(exchange.getRequestHeaders())
        .forEach((name, values) -> values.forEach(value -> request.header(name, value)));
    return request.build();
  }

  /** The headers that are for the other end and not for this connection. */
  public static Headers endToEnd(Headers headers) {
    Headers kept = new Headers();
    kept.putAll(headers);
    kept.keySet().removeIf(ForwardedRequest::isOfAConnection);
    return kept;
  }

  /** Whether a header is for one connection only. */
  public static boolean isOfAConnection(String name) {
    return OF_A_CONNECTION.contains(name.toLowerCase(Locale.ROOT));
  }
}
