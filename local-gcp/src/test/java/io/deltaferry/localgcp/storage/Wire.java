package io.deltaferry.localgcp.storage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/** Bare HTTP, for what the client hides. */
final class Wire {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String url;

  Wire(Cloud cloud) {
    this.url = cloud.local.url();
  }

  /**
   * Sends one request.
   *
   * @param address a path here, or a whole address
   * @param headers names and values in turn
   */
  HttpResponse<byte[]> send(String method, String address, byte[] body, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(address.startsWith("/") ? url + address : address))
            .method(method, BodyPublishers.ofByteArray(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return HTTP.send(request.build(), BodyHandlers.ofByteArray());
  }

  /** Begins a resumable upload and tells its address. */
  String begin(String object, String more) throws IOException, InterruptedException {
    HttpResponse<byte[]> started =
        send(
            "POST",
            "/upload/storage/v1/b/deltas/o?uploadType=resumable&name=" + object + more,
            new byte[0]);
    return started
        .headers()
        .firstValue("Location")
        .orElseThrow(() -> new IOException("no session: " + started.statusCode()));
  }

  HttpResponse<byte[]> put(String session, byte[] body, String range)
      throws IOException, InterruptedException {
    return send("PUT", session, body, "Content-Range", range);
  }

  static String committed(HttpResponse<byte[]> answer) {
    return answer.headers().firstValue("Range").orElse("nothing");
  }

  static JsonNode json(HttpResponse<byte[]> answer) throws IOException {
    return JSON.readTree(answer.body());
  }
}
