package io.deltaferry.localgcp;

import io.deltaferry.localgcp.bigquery.LoadFiles;
import io.deltaferry.localgcp.http.GoogleError;
import io.deltaferry.localgcp.storage.LocalStorage;
import io.deltaferry.localgcp.storage.StoredObject;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The files of load jobs, read from the buckets beside. */
final class BucketFiles implements LoadFiles {
  private static final Pattern URI = Pattern.compile("gs://([^/]+)/(.+)", Pattern.DOTALL);

  private final LocalStorage storage;

  BucketFiles(LocalStorage storage) {
    this.storage = storage;
  }

  @Override
  public List<LoadFile> expand(String uri) throws IOException {
    Matcher name = parse(uri);
    String bucket = name.group(1);
    String object = name.group(2);
    int star = object.indexOf('*');
    if (star < 0) {
      return storage.find(bucket, object).map(BucketFiles::file).stream().toList();
    }
    String end = object.substring(star + 1);
    try {
      return storage.list(bucket, object.substring(0, star)).stream()
          .filter(found -> found.name().length() >= star + end.length())
          .filter(found -> found.name().endsWith(end))
          .map(BucketFiles::file)
          .toList();
    } catch (GoogleError e) {
      throw notFound(uri, e);
    }
  }

  @Override
  public InputStream open(String uri) throws IOException {
    Matcher name = parse(uri);
    try {
      return storage.open(name.group(1), name.group(2));
    } catch (GoogleError e) {
      throw notFound(uri, e);
    }
  }

  private static FileNotFoundException notFound(String uri, GoogleError cause) {
    FileNotFoundException notFound = new FileNotFoundException(uri);
    notFound.initCause(cause);
    return notFound;
  }

  private static LoadFile file(StoredObject object) {
    return new LoadFile("gs://" + object.bucket() + "/" + object.name(), object.size());
  }

  private static Matcher parse(String uri) throws IOException {
    Matcher matcher = URI.matcher(uri);
    if (!matcher.matches()) {
      throw new IOException("not the URI of an object: " + uri);
    }
    return matcher;
  }
}
