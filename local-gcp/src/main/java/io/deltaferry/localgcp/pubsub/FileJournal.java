package io.deltaferry.localgcp.pubsub;

import java.io.BufferedReader;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A journal in a file of JSON lines, compacted each time it is opened.
 *
 * <p>Every entry reaches the operating system before {@link #append} returns, the disk when the
 * journal is closed: it survives a killed process, not a power cut.
 */
final class FileJournal implements Journal {
  private static final Logger log = LoggerFactory.getLogger(FileJournal.class);

  private final FileChannel lockFile;
  // A stream, because a FileChannel closes itself when a thread that writes is interrupted.
  private final FileOutputStream lines;
  private final StoredState recovered;

  private FileJournal(FileChannel lockFile, FileOutputStream lines, StoredState recovered) {
    this.lockFile = lockFile;
    this.lines = lines;
    this.recovered = recovered;
  }

  /**
   * Reads what an earlier process left in {@code directory} (created when missing).
   *
   * @throws UncheckedIOException when another process holds it, or a line is damaged
   */
  static FileJournal open(Path directory) {
    try {
      Files.createDirectories(directory);
      FileChannel lockFile = lock(directory);
      try {
        return recover(lockFile, directory.resolve("journal.jsonl"));
      } catch (IOException | RuntimeException e) {
        lockFile.close();
        throw e;
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot use the Pub/Sub data directory " + directory, e);
    }
  }

  private static FileJournal recover(FileChannel lockFile, Path file) throws IOException {
    StoredState state = read(file);
    compact(file, state);
    return new FileJournal(lockFile, new FileOutputStream(file.toFile(), true), state);
  }

  /** What the journal held when it was opened. */
  StoredState recovered() {
    return recovered;
  }

  @Override
  public synchronized void append(JournalEntry entry) {
    try {
      write(lines, entry);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the Pub/Sub journal", e);
    }
  }

  @Override
  public synchronized void close() {
    try (lockFile;
        lines) {
      lines.getFD().sync();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot close the Pub/Sub journal", e);
    }
  }

  private static void write(OutputStream lines, JournalEntry entry) throws IOException {
    lines.write((JournalLine.write(entry) + "\n").getBytes(StandardCharsets.UTF_8));
  }

  private static FileChannel lock(Path directory) throws IOException {
    Path file = directory.resolve("lock");
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (tryLock(channel) == null) {
      channel.close();
      throw new IOException(
          "another process uses " + directory + "; stop it or choose another data directory");
    }
    return channel;
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  private static StoredState read(Path file) throws IOException {
    StoredState state = new StoredState();
    if (!Files.exists(file)) {
      return state;
    }
    boolean finished = endsWithNewline(file);
    try (BufferedReader reader = Files.newBufferedReader(file)) {
      String line = reader.readLine();
      for (int number = 1; line != null; number++) {
        String following = reader.readLine();
        if (following != null || finished) {
          apply(line, state, file + " line " + number);
        } else {
          // Its writer was killed half way, so nobody was told that the entry is kept.
          log.warn("{}: dropped an unfinished last line", file);
        }
        line = following;
      }
    }
    return state;
  }

  private static void apply(String line, StoredState state, String place) throws IOException {
    try {
      state.apply(JournalLine.read(line));
    } catch (IOException e) {
      throw new IOException(place + " is damaged; remove the line to start without it", e);
    }
  }

  private static boolean endsWithNewline(Path file) throws IOException {
    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "r")) {
      if (bytes.length() == 0) {
        return true;
      }
      bytes.seek(bytes.length() - 1);
      return bytes.read() == '\n';
    }
  }

  private static void compact(Path file, StoredState state) throws IOException {
    Path fresh = file.resolveSibling("journal.jsonl.new");
    try (FileOutputStream lines = new FileOutputStream(fresh.toFile())) {
      for (JournalEntry entry : state.compacted()) {
        write(lines, entry);
      }
      lines.getFD().sync();
    }
    Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }
}
