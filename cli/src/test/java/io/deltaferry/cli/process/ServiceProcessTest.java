package io.deltaferry.cli.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceProcessTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it first
  private Path directory;

  @Test
  void servesIsStartedAgainAfterACrashAndStops() throws Exception {
    ServiceSpec spec =
        new ServiceSpec(
            "echo",
            EchoFunction.class.getName(),
            freePort(),
            "64m",
            Map.of("ECHO", "hello"),
            directory);
    ProcessHandle first;
    ProcessHandle second;
    try (ServiceProcess service = ServiceProcess.start(spec)) {
      service.awaitHealthy(TIMEOUT);
      assertThat(get(spec.url() + "/")).isEqualTo("hello");
      first = service.handle();
      assertThatThrownBy(() -> get(spec.url() + "/crash")).isInstanceOf(IOException.class);
      first.onExit().get(5, TimeUnit.SECONDS);
      service.awaitHealthy(TIMEOUT);
      second = service.handle();
      assertThat(second.pid()).isNotEqualTo(first.pid());
      assertThat(service.restarts()).isEqualTo(1);
    }
    assertThat(second.isAlive()).isFalse();
    assertThat(spec.log()).exists();
  }

  @Test
  void diesWithAParentThatIsKilled() throws Exception {
    Process parent =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElse("java"),
                "-Xmx64m",
                "-Dlogback.configurationFile=deltaferry-cli-logback.xml",
                "-cp",
                System.getProperty("java.class.path"),
                HoldService.class.getName(),
                Integer.toString(freePort()),
                directory.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(parent.getInputStream(), StandardCharsets.UTF_8))) {
      String line = out.readLine();
      assertThat(line).startsWith("ready ");
      ProcessHandle child =
          ProcessHandle.of(Long.parseLong(line.substring("ready ".length()))).orElseThrow();
      parent.destroyForcibly();
      child.onExit().get(20, TimeUnit.SECONDS);
      assertThat(child.isAlive()).isFalse();
    } finally {
      parent.destroyForcibly();
    }
  }

  @Test
  void saysWhichLogToReadWhenItNeverAnswers() throws Exception {
    ServiceSpec spec =
        new ServiceSpec("absent", "no.such.Function", freePort(), "64m", Map.of(), directory);
    try (ServiceProcess service = ServiceProcess.start(spec)) {
      assertThatThrownBy(() -> service.awaitHealthy(Duration.ofSeconds(2)))
          .hasMessageContaining("the absent does not answer")
          .hasMessageContaining("absent.stderr.log");
    }
  }

  @Test
  void waitsLongerWhileItKeepsCrashing() {
    Backoff backoff = new Backoff();
    Duration quick = Duration.ofSeconds(1);
    assertThat(backoff.after(quick)).isEqualTo(Duration.ofMillis(200));
    assertThat(backoff.after(quick)).isEqualTo(Duration.ofMillis(400));
    for (int i = 0; i < 10; i++) {
      backoff.after(quick);
    }
    assertThat(backoff.after(quick)).isEqualTo(Duration.ofSeconds(10));
    assertThat(backoff.after(Duration.ofMinutes(1))).isEqualTo(Duration.ofMillis(200));
  }

  private static String get(String url) throws IOException, InterruptedException {
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString())
        .body();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
