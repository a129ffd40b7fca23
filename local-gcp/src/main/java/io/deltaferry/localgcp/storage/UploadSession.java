package io.deltaferry.localgcp.storage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deltaferry.localgcp.http.GoogleError;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One resumable upload. Bytes are committed in blocks of 256 KiB, so that a connection that breaks
 * anywhere leaves a length the writer can continue from; only the end may be shorter.
 *
 * <p>Not thread-safe: who uses it holds its monitor.
 */
final class UploadSession {
  static final int BLOCK = 256 * 1024;

  private final String id;
  private final String started;
  private final String bucket;
  private final ObjectNode resource;
  private final ObjectNode conditions;
  private final Path part;
  private final Path record;
  private final Checksum checksum = new Checksum();
  private long committed;
  private long total;
  private @Nullable StoredObject finished;

  /**
   * @param stored what {@link #save} wrote, or the beginning of a new one
   */
  UploadSession(String id, JsonNode stored, Path part, Path record) throws IOException {
    this.id = id;
    this.started = stored.get("started").asText();
    this.bucket = stored.get("bucket").asText();
    this.resource = (ObjectNode) stored.get("resource");
    this.conditions = (ObjectNode) stored.get("conditions");
    this.total = stored.path("total").asLong(-1);
    this.part = part;
    this.record = record;
    if (stored.has("finished")) {
      finished = ObjectResource.read(stored.get("finished"));
    } else if (Files.exists(part)) {
      recount();
    } else {
      Files.createFile(part);
    }
  }

  /** After a restart: the checksum is only in memory, and a last block may be incomplete. */
  private void recount() throws IOException {
    byte[] block = new byte[BLOCK];
    try (InputStream in = Files.newInputStream(part)) {
      while (in.readNBytes(block, 0, BLOCK) == BLOCK) {
        checksum.update(block, 0, BLOCK);
        committed += BLOCK;
      }
    }
    try (FileChannel file = FileChannel.open(part, StandardOpenOption.WRITE)) {
      file.truncate(committed);
    }
  }

  String id() {
    return id;
  }

  String bucket() {
    return bucket;
  }

  String object() {
    return resource.path("name").asText("");
  }

  Draft draft() {
    return Draft.of(resource, Preconditions.of(conditions));
  }

  long committed() {
    return committed;
  }

  Optional<StoredObject> finished() {
    return Optional.ofNullable(finished);
  }

  boolean isComplete() {
    return total == committed;
  }

  /**
   * Notes the size of the whole object.
   *
   * @throws GoogleError 400 when it contradicts what was said or sent before
   */
  void announce(long size) throws IOException {
    if (size < 0 || size == total) {
      return;
    }
    if (total >= 0 || size < committed) {
      throw GoogleError.invalid(
          "Invalid request. The object's total size %d contradicts %s."
              .formatted(size, total >= 0 ? "the earlier " + total : committed + " bytes sent"));
    }
    total = size;
    save();
  }

  /**
   * Commits bytes.
   *
   * @param in begins at the committed length
   * @param wholeBody whether {@code in} ends where the object ends
   */
  void append(InputStream in, boolean wholeBody) throws IOException {
    byte[] block = new byte[BLOCK];
    try (OutputStream out =
        Files.newOutputStream(part, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
      int read;
      do {
        read = in.readNBytes(block, 0, BLOCK);
        if (read == BLOCK || wholeBody || committed + read == total) {
          out.write(block, 0, read);
          checksum.update(block, 0, read);
          committed += read;
        }
      } while (read == BLOCK);
    }
    if (wholeBody) {
      announce(committed);
    }
  }

  Content content() {
    return new Content(part, committed, checksum.crc32c(), checksum.md5(), 0);
  }

  void finish(StoredObject object) throws IOException {
    finished = object;
    save();
  }

  void save() throws IOException {
    ObjectNode stored = JsonNodeFactory.instance.objectNode();
    stored.put("started", started);
    stored.put("bucket", bucket);
    stored.put("total", total);
    stored.set("resource", resource);
    stored.set("conditions", conditions);
    if (finished != null) {
      stored.set("finished", ObjectResource.write(finished, ""));
    }
    JsonFile.write(record, stored);
  }

  void discard() throws IOException {
    Files.deleteIfExists(record);
    Files.deleteIfExists(part);
  }
}
