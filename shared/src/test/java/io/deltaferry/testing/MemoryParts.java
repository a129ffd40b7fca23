package io.deltaferry.testing;

import io.deltaferry.copy.PartReceipt;
import io.deltaferry.copy.PartSink;
import io.deltaferry.copy.PartWriter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** Parts in memory, for tests; counts what became of each. */
public final class MemoryParts implements PartSink {
  private final List<byte[]> committed = new ArrayList<>();
  private int aborted;
  private int opened;

  @Override
  public PartWriter open(int number) {
    opened++;
    return new Writer(number);
  }

  public synchronized int opened() {
    return opened;
  }

  public synchronized int aborted() {
    return aborted;
  }

  /** Compressed bytes of all committed parts. */
  public synchronized List<byte[]> committed() {
    return List.copyOf(committed);
  }

  /** The decompressed CSV of each part, header included. */
  public synchronized List<String> csv() {
    return committed.stream()
        .map(part -> new String(decompress(part), StandardCharsets.UTF_8))
        .toList();
  }

  /** Decompresses the one gzip member that a part must be. */
  public static byte[] decompress(byte[] part) {
    try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(part))) {
      return gzip.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private final class Writer implements PartWriter {
    private final int number;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    Writer(int number) {
      this.number = number;
    }

    @Override
    public void write(ByteBuffer buffer) {
      byte[] copy = new byte[buffer.remaining()];
      buffer.get(copy);
      bytes.writeBytes(copy);
    }

    @Override
    public PartReceipt commit(long rows) {
      synchronized (MemoryParts.this) {
        committed.add(bytes.toByteArray());
        return new PartReceipt("part-" + number, rows, bytes.size(), "none", number);
      }
    }

    @Override
    public void abort() {
      synchronized (MemoryParts.this) {
        aborted++;
      }
    }
  }
}
