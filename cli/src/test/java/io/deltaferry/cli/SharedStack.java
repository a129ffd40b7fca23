package io.deltaferry.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** One {@code deltaferry local} for all tests that ask for it; starting one takes seconds. */
final class SharedStack implements ParameterResolver {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Namespace NAMESPACE = Namespace.create(SharedStack.class);

  /** The stack, the database behind it, and what it announced. */
  static final class Running implements AutoCloseable {
    private final Path directory;
    private final Shop shop;
    private final LocalProcess process;
    private final JsonNode ready;

    private Running() {
      try {
        directory = Files.createTempDirectory("a stack ");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      shop = Shop.open(directory);
      process =
          LocalProcess.start(
              directory.resolve("stderr.log"),
              Map.of("PGUSER", "postgres", "PGPASSWORD", "postgres"),
              "local",
              "--source",
              shop.url(),
              "--tables",
              shop.tables().toString(),
              "--data-dir",
              directory.resolve("data").toString(),
              "--ports-from",
              Integer.toString(FreePorts.inARow()));
      ready = process.ready();
    }

    Shop shop() {
      return shop;
    }

    JsonNode ready() {
      return ready;
    }

    /** Runs a command against this stack. */
    CommandRun run(String... arguments) {
      return CommandRun.of(
          Stream.concat(Stream.of(arguments), Stream.of("--data-dir", dataDir()))
              .toArray(String[]::new));
    }

    /** The number of the newest run that has ended; 0 when there is none. */
    long lastRunOf(String table) {
      return run("status", "--json").json(table).path("last_ended_run").asLong();
    }

    /** The table's status once a newer run has ended. */
    JsonNode awaitRunAfter(String table, long run) throws InterruptedException {
      Instant deadline = Instant.now().plus(PATIENCE);
      while (Instant.now().isBefore(deadline)) {
        JsonNode status = run("status", "--json").json(table);
        if (status.path("last_ended_run").asLong() > run) {
          return status;
        }
        TimeUnit.MILLISECONDS.sleep(300);
      }
      throw new AssertionError("no run of " + table + " after " + run);
    }

    String dataDir() {
      return ready.path("data_dir").asText();
    }

    @Override
    public void close() {
      process.close();
      shop.close();
      try (Stream<Path> files = Files.walk(directory)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(file);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Running.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(NAMESPACE)
        .getOrComputeIfAbsent(Running.class, type -> new Running(), Running.class);
  }
}
