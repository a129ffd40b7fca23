package io.deltaferry.localgcp.storage;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.stream.Stream;

/** Where bytes wait until they are a whole object; on the same disk, so that they only move. */
final class Incoming {
  private static final String SINGLE = "single-";

  private final Path directory;

  Incoming(Path directory) {
    this.directory = directory;
    try {
      Files.createDirectories(directory);
      removeAbandoned();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot use " + directory, e);
    }
  }

  /** What a single request left when the process was killed can never be continued. */
  private void removeAbandoned() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        String name = file.getFileName().toString();
        if (name.startsWith(SINGLE) || name.endsWith(JsonFile.UNFINISHED)) {
          Files.delete(file);
        }
      }
    }
  }

  Path sessionFile(String id, String suffix) {
    return directory.resolve(id + suffix);
  }

  Path directory() {
    return directory;
  }

  Path newFile() {
    return directory.resolve(SINGLE + UUID.randomUUID());
  }

  /** Reads all of {@code in}; leaves nothing behind when that fails. */
  Content receive(InputStream in) throws IOException {
    Path file = newFile();
    Checksum checksum = new Checksum();
    try {
      long size = 0;
      try (OutputStream out = Files.newOutputStream(file)) {
        byte[] buffer = new byte[1 << 16];
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
          out.write(buffer, 0, read);
          checksum.update(buffer, 0, read);
          size += read;
        }
      }
      return new Content(file, size, checksum.crc32c(), checksum.md5(), 0);
    } catch (IOException | RuntimeException e) {
      Files.deleteIfExists(file);
      throw e;
    }
  }
}
