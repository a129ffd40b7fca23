package io.deltaferry.cli.doctor.cloud;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Calls that no client library of the build makes. */
public final class Http {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();

  /** The answer, whatever its status. */
  public HttpResponse<String> get(URI uri, Map<String, List<String>> headers)
      throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(uri).GET(), headers);
  }

  /** The answer to a body of JSON, whatever its status. */
  public HttpResponse<String> post(URI uri, Map<String, List<String>> headers, String body)
      throws IOException, InterruptedException {
    return send(
        HttpRequest.newBuilder(uri)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body)),
        headers);
  }

  private HttpResponse<String> send(HttpRequest.Builder request, Map<String, List<String>> headers)
      throws IOException, InterruptedException {
    request.timeout(PATIENCE);
    headers.forEach((name, values) -> values.forEach(value -> request.header(name, value)));
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }
}
