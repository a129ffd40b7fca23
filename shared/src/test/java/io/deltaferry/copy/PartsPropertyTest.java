package io.deltaferry.copy;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltaferry.testing.MemoryParts;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

/** Whatever the rows, the part size and the threads: the parts are the rows, in order. */
class PartsPropertyTest {
  private static final byte[] HEADER = "a,b\n".getBytes(StandardCharsets.UTF_8);

  @Property(tries = 60)
  void partsAreTheRowsInOrder(
      @ForAll @Size(max = 40) List<@IntRange(min = 1, max = 3 * Block.SIZE / 2) Integer> lengths,
      @ForAll @LongRange(min = 1, max = 1 << 20) long partBytes,
      @ForAll @IntRange(min = 1, max = 4) int compressors,
      @ForAll long seed)
      throws PipelineFailure {
    Random random = new Random(seed);
    MemoryParts sink = new MemoryParts();
    ByteArrayOutputStream expected = new ByteArrayOutputStream();
    PartsWriter parts;
    try (CopyPipeline pipeline =
        new CopyPipeline(new PartsWriter(sink, partBytes, HEADER), compressors, () -> {})) {
      Block block = pipeline.take();
      for (int length : lengths) {
        byte[] row = new byte[length];
        if (random.nextBoolean()) {
          random.nextBytes(row);
        }
        expected.writeBytes(row);
        if (!block.takes(length)) {
          pipeline.put(block);
          block = pipeline.take();
        }
        block.add(row, length);
      }
      if (!block.isEmpty()) {
        pipeline.put(block);
      }
      parts = pipeline.finish();
    }

    ByteArrayOutputStream staged = new ByteArrayOutputStream();
    long uncompressed = 0;
    for (byte[] part : sink.committed()) {
      byte[] csv = MemoryParts.decompress(part);
      uncompressed += csv.length;
      assertThat(Arrays.copyOf(csv, HEADER.length)).isEqualTo(HEADER);
      staged.write(csv, HEADER.length, csv.length - HEADER.length);
    }
    assertThat(Arrays.equals(staged.toByteArray(), expected.toByteArray())).isTrue();
    assertThat(parts.uncompressedBytes()).isEqualTo(uncompressed);
    assertThat(parts.receipts().stream().mapToLong(PartReceipt::rows).sum())
        .isEqualTo(lengths.size());
    assertThat(sink.aborted()).isZero();
  }
}
