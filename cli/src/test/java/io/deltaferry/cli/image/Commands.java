package io.deltaferry.cli.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Programs that run to their end. */
final class Commands {
  private static final long SECONDS = 120;

  private Commands() {}

  /** What a program that ended wrote to both of its outputs. */
  record Ended(int code, String output) {}

  static Ended run(ProcessBuilder builder) {
    try {
      Path output = Files.createTempFile("command", ".txt");
      try {
        Process process = builder.redirectErrorStream(true).redirectOutput(output.toFile()).start();
        boolean ended = process.waitFor(SECONDS, TimeUnit.SECONDS);
        process.destroyForcibly();
        String text = Files.readString(output, StandardCharsets.UTF_8);
        assertThat(ended).as("%s ended; it wrote: %s", builder.command(), text).isTrue();
        return new Ended(process.exitValue(), text);
      } finally {
        Files.deleteIfExists(output);
      }
    } catch (IOException e) {
      throw new IllegalStateException(builder.command() + " cannot be run", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Runs it; answers what it wrote, or fails with that. */
  static String succeed(Path directory, String... command) {
    Ended ended = run(new ProcessBuilder(List.of(command)).directory(directory.toFile()));
    assertThat(ended.code()).as("%s: %s", List.of(command), ended.output()).isZero();
    return ended.output();
  }
}
