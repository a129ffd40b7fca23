package io.deltaferry.cli.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltaferry.message.Envelopes;
import io.deltaferry.message.OutgoingMessage;
import io.deltaferry.message.PubSubMessage;
import io.deltaferry.service.Topology;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** A function in a process of its own, started as a deployment starts it. */
final class ServedFunction implements AutoCloseable {
  static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration PROBE_EVERY = Duration.ofMillis(5);
  private static final long STOP_SECONDS = 20;

  private final Process process;
  private final URI url;
  private final Path log;
  private final long startedAt;
  private final HttpClient http = HttpClient.newHttpClient();

  private ServedFunction(Process process, URI url, Path log, long startedAt) {
    this.process = process;
    this.url = url;
    this.log = log;
    this.startedAt = startedAt;
  }

  /**
   * Starts it and returns at once. It sees no variable of this process; its {@code java} is the one
   * that runs this.
   *
   * @param log takes both of its outputs
   */
  static ServedFunction start(Launch launch, int port, Path log) {
    List<String> command =
        launch.command().stream()
            .map(word -> word.equals("java") ? JAVA.toString() : word)
            .toList();
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(launch.directory().toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().clear();
    builder.environment().putAll(launch.environment());
    builder.environment().put("PORT", Integer.toString(port));
    try {
      long now = System.nanoTime();
      return new ServedFunction(builder.start(), URI.create("http://127.0.0.1:" + port), log, now);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until it answers its health path; answers how long that took from its start. */
  Duration awaitReady() throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!isReady()) {
      assertThat(process.isAlive()).as("it runs; it wrote: %s", log()).isTrue();
      assertThat(System.nanoTime()).as("it answers; it wrote: %s", log()).isLessThan(deadline);
      TimeUnit.NANOSECONDS.sleep(PROBE_EVERY.toNanos());
    }
    return age();
  }

  private boolean isReady() throws InterruptedException {
    try {
      return get(Topology.DEFAULT.healthPath()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(url.resolve(path)).timeout(PATIENCE).build(),
        BodyHandlers.ofString());
  }

  /** Pushes a message as Pub/Sub does; fails unless it is acknowledged. */
  void push(OutgoingMessage message) throws IOException, InterruptedException {
    String envelope =
        Envelopes.wrap(
            new PubSubMessage(
                UUID.randomUUID().toString(),
                Instant.now(),
                message.attributes(),
                message.json(),
                /* deliveryAttempt= */ 1,
                "projects/p/subscriptions/s"));
    HttpResponse<String> answer =
        http.send(
            HttpRequest.newBuilder(url)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(envelope))
                .build(),
            BodyHandlers.ofString());
    assertThat(answer.statusCode()).as("%s: %s", answer.body(), log()).isBetween(200, 299);
  }

  /** How long ago it was started. */
  Duration age() {
    return Duration.ofNanos(System.nanoTime() - startedAt);
  }

  /** What it has computed so far, on all processors. */
  Duration processorTime() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  /** The most memory it had at one time, in kilobytes; only Linux says so. */
  Optional<Long> peakKilobytes() {
    Path status = Path.of("/proc", Long.toString(process.pid()), "status");
    if (!Files.isReadable(status)) {
      return Optional.empty();
    }
    try {
      return Files.readAllLines(status).stream()
          .filter(line -> line.startsWith("VmHWM:"))
          .map(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
          .findFirst();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Waits for its end; answers its exit code. */
  int end() throws InterruptedException {
    boolean ended = process.waitFor(STOP_SECONDS, TimeUnit.SECONDS);
    assertThat(ended).as("it ends; it wrote: %s", log()).isTrue();
    return process.exitValue();
  }

  /** What it wrote so far, without what a JVM says of the options it was given besides. */
  List<String> logLines() {
    return log().lines().filter(line -> !line.matches("(NOTE: )?Picked up .*")).toList();
  }

  /** All it wrote so far. */
  String log() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Asks it to stop, as Cloud Run does, and waits. */
  @Override
  public void close() {
    process.destroy();
    try {
      process.waitFor(STOP_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      process.destroyForcibly();
    }
  }
}
