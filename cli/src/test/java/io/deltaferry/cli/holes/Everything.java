package io.deltaferry.cli.holes;

import com.google.cloud.storage.Blob;
import com.google.cloud.storage.Storage;
import io.deltaferry.testing.MemoryParts;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** All that is kept of a table outside of its database, as text. */
final class Everything {
  private static final byte GZIP = 0x1f;

  private final Line line;

  Everything(Line line) {
    this.line = line;
  }

  /** Objects of the bucket that are the table's, parts decompressed, with their names. */
  String bucket(String prefix) {
    StringBuilder all = new StringBuilder();
    line.bench
        .storage
        .list(Bench.BUCKET, Storage.BlobListOption.prefix(prefix + "/" + line.table + "/"))
        .iterateAll()
        .forEach(object -> all.append(text(object)));
    return all.toString();
  }

  private static String text(Blob object) {
    byte[] content = object.getContent();
    boolean compressed = content.length > 0 && content[0] == GZIP;
    byte[] plain = compressed ? MemoryParts.decompress(content) : content;
    return object.getName()
        + object.getMetadata()
        + "\n"
        + new String(plain, StandardCharsets.UTF_8)
        + "\n";
  }

  /** The rows of a table of BigQuery, in the dataset. */
  List<String> rows(String dataset, String table) {
    return line.rows("SELECT TO_JSON_STRING(t) FROM %s.%s AS t".formatted(dataset, table));
  }

  /** What the bucket has, and what is told to others. */
  String all() {
    return bucket("control") + bucket("parts") + bucket("manifests") + line.bus.ends();
  }
}
