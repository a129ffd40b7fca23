package io.deltaferry.localgcp.bigquery;

import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.regex.Pattern;

/** Source files that a test keeps in memory. */
final class MemoryFiles implements LoadFiles {
  private final NavigableMap<String, byte[]> files = new ConcurrentSkipListMap<>();

  String put(String uri, String text) {
    files.put(uri, text.getBytes(StandardCharsets.UTF_8));
    return uri;
  }

  @Override
  public List<LoadFile> expand(String uri) {
    Pattern pattern = Pattern.compile(Pattern.quote(uri).replace("*", "\\E.*\\Q"));
    return files.entrySet().stream()
        .filter(file -> pattern.matcher(file.getKey()).matches())
        .map(file -> new LoadFile(file.getKey(), file.getValue().length))
        .toList();
  }

  @Override
  public InputStream open(String uri) throws FileNotFoundException {
    byte[] content = files.get(uri);
    if (content == null) {
      throw new FileNotFoundException(uri);
    }
    return new ByteArrayInputStream(content);
  }
}
