package io.deltaferry.localgcp.http;

import com.sun.net.httpserver.HttpExchange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Answers one HTTP call that carries up to a hundred others. */
final class BatchCalls {
  // Google's documented limit for a batch.
  private static final int LIMIT = 100;
  private static final String BOUNDARY = "batch_deltaferry_local";

  /** Answers one of the inner calls. */
  @FunctionalInterface
  interface Inner {
    void answer(HttpExchange exchange) throws IOException;
  }

  private final Inner inner;

  BatchCalls(Inner inner) {
    this.inner = inner;
  }

  void handle(HttpCall call) throws IOException {
    MultipartReader parts = MultipartReader.of(call);
    ByteArrayOutputStream answers = new ByteArrayOutputStream();
    for (int count = 1; parts.next(); count++) {
      if (count > LIMIT) {
        throw GoogleError.invalid("The batch exceeds the limit of " + LIMIT + " calls.");
      }
      String id = parts.header("Content-ID").orElse("<" + count + ">");
      write(answers, "--" + BOUNDARY + "\r\nContent-Type: application/http\r\n");
      write(answers, "Content-ID: " + responseId(id) + "\r\n\r\n");
      answers.write(answer(parts.body(), call.baseUrl()));
      write(answers, "\r\n");
    }
    write(answers, "--" + BOUNDARY + "--\r\n");
    call.responseHeader("Content-Type", "multipart/mixed; boundary=" + BOUNDARY);
    call.respond(200, answers.toByteArray());
  }

  private byte[] answer(InputStream part, String baseUrl) throws IOException {
    BatchedExchange exchange = BatchedExchange.read(part, baseUrl);
    inner.answer(exchange);
    return exchange.answer();
  }

  private static String responseId(String id) {
    return id.startsWith("<") ? "<response-" + id.substring(1) : "response-" + id;
  }

  private static void write(ByteArrayOutputStream out, String text) {
    out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
  }
}
