package io.deltaferry.cli.endpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Optional;

/** {@code ready.json} in a data directory: there while a local stack runs on that directory. */
public final class ReadyFile {
  /** Where commands look when no {@code --data-dir} is given. */
  public static final Path DEFAULT_DATA_DIR = Path.of(".deltaferry");

  private static final ObjectMapper JSON = JsonMapper.builder().build();

  // Only in the file: for other commands on this machine, not for the caller of `local`.
  private static final String PID = "pid";
  private static final String STARTED = "started";
  private static final String TABLES = "tables";
  private static final String SOURCE = "source";

  private final Path file;

  public ReadyFile(Path dataDir) {
    this.file = dataDir.resolve("ready.json");
  }

  /** One line, without a line break: what the caller of {@code local} reads. */
  public static String line(ReadyStack stack) {
    try {
      return JSON.writeValueAsString(stack);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a record of texts is always JSON", e);
    }
  }

  /**
   * Announces the stack of this process; readers see the whole file or none.
   *
   * @param tableFile what the stack runs on, so that other commands need not be told
   * @param source the database it reads, a URL without a password
   */
  public void write(ReadyStack stack, Path tableFile, String source) {
    ObjectNode node = JSON.valueToTree(stack);
    node.put(PID, ProcessHandle.current().pid());
    node.put(STARTED, started());
    node.put(TABLES, tableFile.toAbsolutePath().normalize().toString());
    node.put(SOURCE, source);
    Path unfinished = file.resolveSibling("ready.json.part");
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.writeString(unfinished, JSON.writeValueAsString(node) + "\n");
      Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  public void delete() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete " + file, e);
    }
  }

  /** The stack, when its process still lives; a killed one leaves its file behind. */
  public Optional<ReadyStack> read() {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    ObjectNode node = node();
    try {
      return isAlive(node)
          ? Optional.of(JSON.treeToValue(node, ReadyStack.class))
          : Optional.empty();
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  /**
   * In a container each process that is started has the number of the killed one before it. Only
   * for this process the start is compared: what one JVM reads of another moves with the clock.
   */
  private static boolean isAlive(ObjectNode node) {
    long pid = node.path(PID).asLong();
    return pid == ProcessHandle.current().pid()
        ? node.path(STARTED).asText().equals(started())
        : ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
  }

  private static String started() {
    return ProcessHandle.current().info().startInstant().map(Instant::toString).orElse("");
  }

  /** The table file of the stack that {@link #read} found. */
  public Path tableFile() {
    return Path.of(node().path(TABLES).asText());
  }

  /** The database that the stack reads; empty when the file of an older stack does not say. */
  Optional<String> source() {
    return Optional.ofNullable(node().path(SOURCE).textValue());
  }

  private ObjectNode node() {
    try {
      return (ObjectNode) JSON.readTree(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }
}
