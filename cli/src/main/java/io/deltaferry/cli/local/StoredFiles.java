package io.deltaferry.cli.local;

import io.deltaferry.localgcp.bigquery.LoadFiles;
import io.deltaferry.localgcp.http.GoogleError;
import io.deltaferry.localgcp.storage.LocalStorage;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.regex.Pattern;

/** Lets the local BigQuery load from the local Cloud Storage. */
final class StoredFiles implements LoadFiles {
  private static final String SCHEME = "gs://";

  private final LocalStorage storage;

  StoredFiles(LocalStorage storage) {
    this.storage = storage;
  }

  @Override
  public List<LoadFile> expand(String uri) throws IOException {
    String bucket = bucket(uri);
    String object = object(uri);
    int star = object.indexOf('*');
    String prefix = star < 0 ? object : object.substring(0, star);
    Pattern name =
        star < 0
            ? Pattern.compile(Pattern.quote(object))
            : Pattern.compile(
                Pattern.quote(prefix) + ".*" + Pattern.quote(object.substring(star + 1)),
                Pattern.DOTALL);
    try {
      return storage.list(bucket, prefix).stream()
          .filter(stored -> name.matcher(stored.name()).matches())
          .map(stored -> new LoadFile(SCHEME + bucket + "/" + stored.name(), stored.size()))
          .toList();
    } catch (GoogleError e) {
      throw notFound(uri, e);
    }
  }

  @Override
  public InputStream open(String uri) throws IOException {
    try {
      return storage.open(bucket(uri), object(uri));
    } catch (GoogleError e) {
      throw notFound(uri, e);
    }
  }

  private static FileNotFoundException notFound(String uri, GoogleError cause) {
    FileNotFoundException notFound = new FileNotFoundException(uri);
    notFound.initCause(cause);
    return notFound;
  }

  private static String bucket(String uri) throws FileNotFoundException {
    return path(uri).substring(0, path(uri).indexOf('/'));
  }

  private static String object(String uri) throws FileNotFoundException {
    return path(uri).substring(path(uri).indexOf('/') + 1);
  }

  private static String path(String uri) throws FileNotFoundException {
    if (!uri.startsWith(SCHEME) || uri.indexOf('/', SCHEME.length()) < 0) {
      throw new FileNotFoundException(uri + " is not gs://bucket/object");
    }
    return uri.substring(SCHEME.length());
  }
}
