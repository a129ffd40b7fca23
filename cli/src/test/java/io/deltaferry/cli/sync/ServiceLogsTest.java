package io.deltaferry.cli.sync;

import static java.nio.file.StandardOpenOption.APPEND;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceLogsTest {
  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it first
  private Path directory;

  @SuppressWarnings("NullAway.Init") // set before each test
  private Path extractor;

  @BeforeEach
  void writeWhatIsOld() throws IOException {
    extractor = Files.writeString(directory.resolve("extractor.jsonl"), line("orders", "old"));
  }

  @Test
  void theLastTroubleOfEachTableSinceTheCallBefore() throws IOException {
    ServiceLogs logs = new ServiceLogs(directory);
    assertThat(logs.news()).isEmpty();
    append(line("orders", "first") + line("items", "Ä login") + line("orders", "second"));
    append("not JSON\n{\"severity\":\"INFO\",\"message\":\"planned\",\"table\":\"orders\"}\n");
    assertThat(logs.news()).isEqualTo(Map.of("orders", "second", "items", "Ä login"));
    assertThat(logs.news()).isEmpty();
  }

  @Test
  void aLineCountsWhenItIsWhole() throws IOException {
    ServiceLogs logs = new ServiceLogs(directory);
    String line = line("orders", "Ä login");
    append(line.substring(0, 20));
    assertThat(logs.news()).isEmpty();
    append(line.substring(20));
    assertThat(logs.news()).containsOnlyKeys("orders");
  }

  @Test
  void aServiceThatStartsLaterIsReadFromItsFirstLine() throws IOException {
    ServiceLogs logs = new ServiceLogs(directory);
    Files.writeString(directory.resolve("loader.jsonl"), line("orders", "no bucket"));
    assertThat(logs.news()).isEqualTo(Map.of("orders", "no bucket"));
  }

  @Test
  void whereThereAreNoLogsThereIsNoNews() {
    assertThat(new ServiceLogs(null).news()).isEmpty();
    assertThat(new ServiceLogs(directory.resolve("absent")).news()).isEmpty();
  }

  private void append(String text) throws IOException {
    Files.writeString(extractor, text, APPEND);
  }

  private static String line(String table, String message) {
    return "{\"severity\":\"WARNING\",\"message\":\"%s\",\"table\":\"%s\"}\n"
        .formatted(message, table);
  }
}
