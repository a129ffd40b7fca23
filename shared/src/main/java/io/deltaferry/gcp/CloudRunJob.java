package io.deltaferry.gcp;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.api.client.http.ByteArrayContent;
import com.google.api.client.http.GenericUrl;
import com.google.api.client.http.HttpRequest;
import com.google.api.client.http.HttpResponse;
import com.google.api.client.http.javanet.NetHttpTransport;
import io.deltaferry.error.DeltaferryException;
import io.deltaferry.error.ErrorCode;
import io.deltaferry.run.LongExtracts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Cloud Run job, of which each extraction is an execution. Its one call goes through the HTTP
 * client and the credentials that the clients of Storage and BigQuery bring.
 */
public final class CloudRunJob implements LongExtracts {
  private static final Logger log = LoggerFactory.getLogger(CloudRunJob.class);
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int TIMEOUT_MILLIS = 60_000;
  private static final int BAD_REQUEST = 400;

  private final String name;
  private final GoogleClients clients;

  /**
   * Connects to nothing yet.
   *
   * @param name {@code projects/../locations/../jobs/..}
   */
  public CloudRunJob(String name, GoogleClients clients) {
    this.name = name;
    this.clients = clients;
  }

  @Override
  public void start(Map<String, String> environment) {
    try {
      HttpResponse response = call(overrides(environment)).execute();
      try {
        judge(response.getStatusCode(), response.parseAsString());
      } finally {
        response.disconnect();
      }
    } catch (IOException e) {
      throw new DeltaferryException(
          ErrorCode.JOB_UNAVAILABLE, "cannot start " + name + ": Cloud Run does not answer", e);
    }
  }

  private HttpRequest call(String body) throws IOException {
    HttpRequest request =
        new NetHttpTransport()
            .createRequestFactory(clients::sign)
            .buildPostRequest(
                new GenericUrl(clients.cloudRunUrl() + "/v2/" + name + ":run"),
                new ByteArrayContent("application/json", body.getBytes(StandardCharsets.UTF_8)));
    return request
        .setConnectTimeout(TIMEOUT_MILLIS)
        .setReadTimeout(TIMEOUT_MILLIS)
        .setThrowExceptionOnExecuteError(false);
  }

  /** The job's one container, with more variables. */
  private static String overrides(Map<String, String> environment) {
    ObjectNode body = JSON.createObjectNode();
    ArrayNode variables =
        body.putObject("overrides").putArray("containerOverrides").addObject().putArray("env");
    new TreeMap<>(environment)
        .forEach((key, value) -> variables.addObject().put("name", key).put("value", value));
    return body.toString();
  }

  private void judge(int status, String answer) {
    if (status < 300) {
      log.info("started {}", text(answer, "metadata", "name").orElse(name));
      return;
    }
    if (status == BAD_REQUEST) {
      throw new DeltaferryException(
          ErrorCode.JOB_REFUSED, "Cloud Run refuses to start " + name + ": " + refusal(answer));
    }
    String why =
        switch (status) {
          case 401, 403 ->
              "access is denied; grant this service's identity"
                  + " roles/run.jobsExecutorWithOverrides on the job";
          case 404 -> "there is no such job; apply Terraform, which makes it";
          default -> "Cloud Run answers with status " + status;
        };
    throw new DeltaferryException(ErrorCode.JOB_UNAVAILABLE, "cannot start " + name + ": " + why);
  }

  private static String refusal(String answer) {
    return text(answer, "error", "message").map(RedactedMessage::of).orElse("it does not say why");
  }

  /** What stands there in an answer, if that is as Google's are. */
  private static Optional<String> text(String answer, String object, String field) {
    try {
      return Optional.ofNullable(JSON.readTree(answer).path(object).path(field).textValue());
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }
}
