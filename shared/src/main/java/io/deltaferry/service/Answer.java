package io.deltaferry.service;

import com.google.cloud.functions.HttpResponse;
import io.deltaferry.error.ErrorCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a delivery of an event is answered.
 *
 * @param code of the failure, or null
 * @param deliveryAttempt which delivery it was, from 1; null where nobody says
 */
record Answer(Result result, @Nullable ErrorCode code, @Nullable Integer deliveryAttempt) {
  /** What became of the event. */
  enum Result {
    /** Acknowledged. */
    DONE(204),
    /** Acknowledged too, and kept as a dead letter. */
    REFUSED(200),
    /** To be delivered again. */
    RETRIED(503);

    private final int status;

    Result(int status) {
      this.status = status;
    }

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  void write(HttpResponse response) throws IOException {
    response.setStatusCode(result.status);
    if (code != null) {
      json(response, "{\"" + result.word() + "\":\"" + code + "\"}");
    }
  }

  static void health(String stage, HttpResponse response) throws IOException {
    response.setStatusCode(200);
    json(response, "{\"status\":\"ok\",\"stage\":\"" + stage + "\"}");
  }

  private static void json(HttpResponse response, String json) throws IOException {
    response.setContentType("application/json");
    response.getOutputStream().write(json.getBytes(StandardCharsets.UTF_8));
  }
}
