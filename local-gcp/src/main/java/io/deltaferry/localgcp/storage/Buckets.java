package io.deltaferry.localgcp.storage;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deltaferry.localgcp.http.GoogleError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;

/** All buckets, each in a directory of its name. */
final class Buckets {
  private final Path root;
  private final Generations generations;
  private final SortedMap<String, Bucket> buckets = new ConcurrentSkipListMap<>();

  Buckets(Path root, Generations generations) {
    this.root = root;
    this.generations = generations;
    try {
      Files.createDirectories(root);
      load();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the buckets in " + root, e);
    }
  }

  private void load() throws IOException {
    try (Stream<Path> directories = Files.list(root)) {
      for (Path path : directories.toList()) {
        BucketDirectory directory = new BucketDirectory(path);
        if (Files.exists(path.resolve("bucket.json"))) {
          String name = path.getFileName().toString();
          buckets.put(name, new Bucket(name, directory, generations));
        } else {
          // A crash came between making the directory and the bucket, or while deleting it.
          directory.delete();
        }
      }
    }
  }

  Stream<Bucket> all() {
    return buckets.values().stream();
  }

  Optional<Bucket> find(String name) {
    return Optional.ofNullable(buckets.get(name));
  }

  Bucket require(String name) {
    return find(name).orElseThrow(Refusals::noBucket);
  }

  synchronized Bucket create(ObjectNode resource) throws IOException {
    String name = Names.bucket(resource.path("name").asText(""));
    if (buckets.containsKey(name)) {
      throw new GoogleError(
          409,
          "conflict",
          "Your previous request to create the named bucket succeeded and you already own it.");
    }
    Bucket created = Bucket.create(new BucketDirectory(root.resolve(name)), resource, generations);
    buckets.put(name, created);
    return created;
  }

  synchronized void delete(String name, Preconditions preconditions) throws IOException {
    Bucket bucket = require(name);
    preconditions.checkBucket(bucket.metageneration());
    if (!bucket.contents().close()) {
      throw new GoogleError(409, "conflict", "The bucket you tried to delete is not empty.");
    }
    buckets.remove(name);
    bucket.deleteFiles();
  }
}
