package io.deltaferry.extractor;

import io.deltaferry.copy.PartReceipt;
import io.deltaferry.copy.PartSink;
import io.deltaferry.copy.PartWriter;
import io.deltaferry.run.ControlStore;
import io.deltaferry.run.StoredObject;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Parts as objects of the bucket, plain text. */
record InMemoryParts(ControlStore bucket, String prefix) implements PartSink {
  @Override
  public PartWriter open(int number) {
    StringBuilder text = new StringBuilder();
    return new PartWriter() {
      @Override
      public void write(ByteBuffer bytes) {
        text.append(StandardCharsets.UTF_8.decode(bytes));
      }

      @Override
      public PartReceipt commit(long rows) {
        StoredObject part = bucket.create(prefix + number, text.toString(), Map.of()).object();
        return new PartReceipt(part.name(), rows, part.size(), part.crc32c(), 1);
      }

      @Override
      public void abort() {
        text.setLength(0);
      }
    };
  }
}
