package io.deltaferry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@code deltaferry local} or {@code demo --keep} as a process of its own. */
final class LocalProcess implements AutoCloseable {
  private static final int STOP_SECONDS = 30;

  private final Process process;
  private final BufferedReader out;
  private final Path err;

  private LocalProcess(Process process, Path err) {
    this.process = process;
    this.out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    this.err = err;
  }

  /**
   * Starts it and returns at once.
   *
   * @param err the file that takes its stderr
   */
  static LocalProcess start(Path err, Map<String, String> environment, String... arguments) {
    List<String> command =
        Stream.concat(
                Stream.of(
                    ProcessHandle.current().info().command().orElse("java"),
                    "-Xmx768m",
                    // A zone whose clocks change; no result may depend on it.
                    "-Duser.timezone=Pacific/Chatham",
                    "-cp",
                    System.getProperty("java.class.path"),
                    Main.class.getName()),
                Stream.of(arguments))
            .toList();
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.appendTo(err.toFile()));
    builder.environment().putAll(environment);
    try {
      return new LocalProcess(builder.start(), err);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The next line of its stdout; fails with its stderr when it ends without one. */
  String line() {
    try {
      String line = out.readLine();
      if (line == null) {
        throw new AssertionError("it ended; its stderr: " + stderr());
      }
      return line;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All of its stdout from here to its end. */
  String rest() {
    return out.lines().collect(Collectors.joining("\n"));
  }

  /** The announcement of {@code local}. */
  JsonNode ready() {
    return CommandRun.parse(line());
  }

  /** SIGTERM; answers the exit code. */
  int terminate() throws InterruptedException {
    process.destroy();
    return end();
  }

  /** Waits for its end; answers the exit code. */
  int end() throws InterruptedException {
    assertThat(process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)).as("it ends").isTrue();
    return process.exitValue();
  }

  String stderr() {
    try {
      return Files.readString(err);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
    }
  }
}
