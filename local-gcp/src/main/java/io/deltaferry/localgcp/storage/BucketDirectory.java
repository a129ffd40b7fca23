package io.deltaferry.localgcp.storage;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * One bucket's files: {@code bucket.json}, one JSON per object named after the hash of its name (a
 * name may be longer than a file's and hold any character), one content file per generation.
 *
 * <p>An object exists when its JSON does; content without JSON is what a crash left.
 */
final class BucketDirectory {
  private final Path root;

  BucketDirectory(Path root) {
    this.root = root;
  }

  JsonNode settings() throws IOException {
    return JsonFile.read(root.resolve("bucket.json"));
  }

  void writeSettings(JsonNode settings) throws IOException {
    JsonFile.write(root.resolve("bucket.json"), settings);
  }

  Path content(long generation) {
    return root.resolve("content").resolve(Long.toString(generation));
  }

  /** Makes the object visible: its content first, then, atomically, its JSON. */
  void add(StoredObject object, Path content) throws IOException {
    Path target = content(object.generation());
    Files.createDirectories(root.resolve("content"));
    Files.move(content, target, StandardCopyOption.ATOMIC_MOVE);
    write(object);
  }

  void write(StoredObject object) throws IOException {
    JsonFile.write(json(object.name()), ObjectResource.write(object, ""));
  }

  void removeJson(StoredObject object) throws IOException {
    Files.delete(json(object.name()));
  }

  /** Readers that have it open keep reading. */
  void removeContent(StoredObject object) throws IOException {
    Files.deleteIfExists(content(object.generation()));
  }

  private Path json(String name) {
    String hash = HexFormat.of().formatHex(sha256().digest(Names.utf8(name)));
    return root.resolve("objects").resolve(hash.substring(0, 2)).resolve(hash + ".json");
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** Reads every object, and removes what a crash left. */
  List<StoredObject> load() throws IOException {
    List<StoredObject> objects = new ArrayList<>();
    for (Path file : files(root.resolve("objects"))) {
      if (file.toString().endsWith(JsonFile.UNFINISHED)) {
        Files.delete(file);
      } else {
        objects.add(ObjectResource.read(JsonFile.read(file)));
      }
    }
    Set<Path> known = new HashSet<>();
    objects.forEach(object -> known.add(content(object.generation())));
    for (Path file : files(root.resolve("content"))) {
      if (!known.contains(file)) {
        Files.delete(file);
      }
    }
    return objects;
  }

  private static List<Path> files(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.filter(Files::isRegularFile).toList();
    } catch (NoSuchFileException e) {
      return List.of();
    }
  }

  void delete() throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
