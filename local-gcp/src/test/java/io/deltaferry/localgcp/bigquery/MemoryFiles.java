package io.deltaferry.localgcp.bigquery;

import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Source files that a test keeps in memory. */
final class MemoryFiles implements LoadFiles {
  private final NavigableMap<String, Source> files = new ConcurrentSkipListMap<>();

  private record Source(long bytes, Supplier<InputStream> content) {}

  void put(String uri, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    files.put(uri, new Source(bytes.length, () -> new ByteArrayInputStream(bytes)));
  }

  /** A file whose content is made, or waited for, when a load opens it. */
  void put(String uri, Supplier<InputStream> content) {
    files.put(uri, new Source(0, content));
  }

  @Override
  public List<LoadFile> expand(String uri) {
    Pattern pattern = Pattern.compile(Pattern.quote(uri).replace("*", "\\E.*\\Q"));
    return files.entrySet().stream()
        .filter(file -> pattern.matcher(file.getKey()).matches())
        .map(file -> new LoadFile(file.getKey(), file.getValue().bytes()))
        .toList();
  }

  @Override
  public InputStream open(String uri) throws FileNotFoundException {
    Source source = files.get(uri);
    if (source == null) {
      throw new FileNotFoundException(uri);
    }
    return source.content().get();
  }
}
