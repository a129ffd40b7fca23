package io.deltaferry.copy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;

/** Writes packed blocks, in order, to parts; each part is one gzip member with its own header. */
final class PartsWriter {
  private final PartSink sink;
  private final long partBytes;
  private final Block header;
  private final List<PartReceipt> receipts = new ArrayList<>();
  private long uncompressedBytes;
  private @Nullable OpenPart open;

  /**
   * @param headerRow the CSV header as the server sent it, marks removed
   */
  PartsWriter(PartSink sink, long partBytes, byte[] headerRow) {
    this.sink = sink;
    this.partBytes = partBytes;
    this.header = new Block();
    header.add(headerRow, headerRow.length);
    Deflater deflater = new Deflater(Deflater.BEST_SPEED, /* nowrap= */ true);
    header.pack(deflater);
    deflater.end();
  }

  void write(Block block) throws IOException {
    OpenPart part = open == null ? begin() : open;
    part.put(block);
    if (part.bytes >= partBytes) {
      finish();
    }
  }

  /** Completes the last part. */
  void finish() throws IOException {
    OpenPart part = open;
    if (part == null) {
      return;
    }
    part.write(part.member.trailer());
    PartReceipt receipt = part.writer.commit(part.rows);
    open = null;
    uncompressedBytes += part.member.length();
    receipts.add(receipt);
  }

  /** Leaves the open part invisible. */
  void abort() {
    OpenPart part = open;
    open = null;
    if (part != null) {
      part.writer.abort();
    }
  }

  List<PartReceipt> receipts() {
    return List.copyOf(receipts);
  }

  long uncompressedBytes() {
    return uncompressedBytes;
  }

  private OpenPart begin() throws IOException {
    OpenPart part = new OpenPart(sink.open(receipts.size()));
    open = part;
    part.write(GzipMember.header());
    part.put(header);
    // The header is no data row.
    part.rows = 0;
    return part;
  }

  /** One object on its way. */
  private static final class OpenPart {
    private final PartWriter writer;
    private final GzipMember member = new GzipMember();
    private long bytes;
    private long rows;

    OpenPart(PartWriter writer) {
      this.writer = writer;
    }

    void put(Block block) throws IOException {
      member.add(block.raw());
      rows += block.rows();
      write(block.packed());
    }

    void write(ByteBuffer buffer) throws IOException {
      bytes += buffer.remaining();
      writer.write(buffer);
    }
  }
}
