package io.deltaferry.cli.sync;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a local stack's services log about tables from now on. An event that fails for now is only
 * delivered again, so nothing but the logs says why a table gets no further.
 */
final class ServiceLogs {
  private static final Logger log = LoggerFactory.getLogger(ServiceLogs.class);
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Set<String> TROUBLE = Set.of("WARNING", "ERROR");

  private final @Nullable Path directory;
  private final Map<Path, Long> readTo = new HashMap<>();

  /**
   * @param directory of the services' logs; null where they are kept elsewhere, as in Google Cloud
   */
  ServiceLogs(@Nullable Path directory) {
    this.directory = directory;
    each(file -> readTo.put(file, Files.size(file)));
  }

  /** By table: the trouble that was logged last since the previous call. */
  Map<String, String> news() {
    Map<String, String> byTable = new HashMap<>();
    each(file -> newLines(file).lines().forEach(line -> note(line, byTable)));
    return byTable;
  }

  @FunctionalInterface
  private interface Look {
    void at(Path file) throws IOException;
  }

  private void each(Look look) {
    if (directory == null) {
      return;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*.jsonl")) {
      for (Path file : files) {
        look.at(file);
      }
    } catch (IOException e) {
      // Another user's stack, perhaps; the runs are followed without them too.
      log.debug("the services' logs in {} cannot be read", directory, e);
    }
  }

  /** Whole lines only: a service may be in the midst of one. */
  private String newLines(Path file) throws IOException {
    try (RandomAccessFile lines = new RandomAccessFile(file.toFile(), "r")) {
      long from = readTo.getOrDefault(file, 0L);
      byte[] bytes = new byte[Math.toIntExact(lines.length() - from)];
      lines.seek(from);
      lines.readFully(bytes);
      int whole = bytes.length;
      while (whole > 0 && bytes[whole - 1] != '\n') {
        whole--;
      }
      readTo.put(file, from + whole);
      return new String(bytes, 0, whole, StandardCharsets.UTF_8);
    }
  }

  private static void note(String line, Map<String, String> byTable) {
    try {
      JsonNode entry = JSON.readTree(line);
      if (TROUBLE.contains(entry.path("severity").asText())) {
        byTable.put(entry.path("table").asText(), entry.path("message").asText());
      }
    } catch (JsonProcessingException e) {
      log.debug("a line of a service's log is no JSON", e);
    }
  }
}
