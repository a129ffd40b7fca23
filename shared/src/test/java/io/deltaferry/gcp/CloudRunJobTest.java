package io.deltaferry.gcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpServer;
import io.deltaferry.error.DeltaferryException;
import io.deltaferry.error.ErrorCode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CloudRunJobTest {
  private static final String JOB = "projects/shop/locations/europe-west1/jobs/shop-extract";

  private final List<String> calls = new CopyOnWriteArrayList<>();
  private final HttpServer server =
      HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
  private int status = 200;
  private String answer =
      "{\"name\":\"o\",\"metadata\":{\"name\":\"" + JOB + "/executions/e\"},\"new\":1}";

  CloudRunJobTest() throws IOException {
    server.createContext(
        "/",
        exchange -> {
          String body =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          calls.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + body);
          byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void anExecutionIsTheJobWithMoreVariables() {
    job().start(Map.of("B", "2 \"ü\"", "A", "1"));
    assertThat(calls)
        .containsExactly(
            "POST /v2/"
                + JOB
                + ":run {\"overrides\":{\"containerOverrides\":[{\"env\":["
                + "{\"name\":\"A\",\"value\":\"1\"},{\"name\":\"B\",\"value\":\"2 \\\"ü\\\"\"}]}]}}");
  }

  @ParameterizedTest
  @CsvSource({
    "400, JOB_REFUSED, env is too long",
    "401, JOB_UNAVAILABLE, roles/run.jobsExecutorWithOverrides on the job",
    "403, JOB_UNAVAILABLE, roles/run.jobsExecutorWithOverrides on the job",
    "404, JOB_UNAVAILABLE, there is no such job",
    "429, JOB_UNAVAILABLE, status 429",
    "503, JOB_UNAVAILABLE, status 503"
  })
  void aRefusalSaysWhatToDo(int refusal, ErrorCode code, String words) {
    status = refusal;
    answer = "{\"error\":{\"message\":\"env is too long\"}}";
    DeltaferryException failure = failure();
    assertThat(failure.code()).isEqualTo(code);
    assertThat(failure.getMessage()).contains(JOB, words);
    assertThat(calls).hasSize(1);
  }

  @Test
  void aCloudThatIsAwayMayComeBack() {
    server.stop(0);
    assertThat(failure().code()).isEqualTo(ErrorCode.JOB_UNAVAILABLE);
  }

  /** It was started: a second one would find the first at work, and yet it need not be. */
  @Test
  void anAnswerThatIsNoJsonIsAnAnswer() {
    answer = "ok";
    assertThatCode(() -> job().start(Map.of("A", "1"))).doesNotThrowAnyException();
  }

  private DeltaferryException failure() {
    return catchThrowableOfType(DeltaferryException.class, () -> job().start(Map.of("A", "1")));
  }

  private CloudRunJob job() {
    return new CloudRunJob(
        JOB,
        new GoogleClients(
            "shop",
            Map.of(
                GoogleClients.CLOUD_RUN,
                server.getAddress().getHostString() + ":" + server.getAddress().getPort())));
  }
}
