package io.deltaferry.localgcp.storage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** JSON on disk that is there whole or not at all. */
final class JsonFile {
  /** What a crash leaves of a file that was being written; never read, removed at start. */
  static final String UNFINISHED = ".tmp";

  private static final ObjectMapper JSON = new ObjectMapper();

  private JsonFile() {}

  static JsonNode read(Path file) throws IOException {
    return JSON.readTree(Files.readAllBytes(file));
  }

  static byte[] bytes(JsonNode json) {
    try {
      return JSON.writeValueAsBytes(json);
    } catch (IOException e) {
      throw new IllegalStateException("a JSON tree can always be written", e);
    }
  }

  /** A rename guards against a killed process, which is what happens here; not against power. */
  static void write(Path file, JsonNode json) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    Path unfinished = file.resolveSibling(file.getFileName() + UNFINISHED);
    Files.write(unfinished, bytes(json));
    Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
  }
}
