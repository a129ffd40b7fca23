package io.deltaferry.localgcp.storage;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** One bucket's live objects. Changes are one at a time; reads never wait. */
final class Contents {
  private final String bucket;
  private final BucketDirectory directory;
  private final Generations generations;
  private final NavigableMap<String, StoredObject> live = new ConcurrentSkipListMap<>(Names.ORDER);
  private boolean closed;

  Contents(String bucket, BucketDirectory directory, Generations generations) throws IOException {
    this.bucket = bucket;
    this.directory = directory;
    this.generations = generations;
    for (StoredObject object : directory.load()) {
      live.put(object.name(), object);
      generations.seen(object.generation());
    }
  }

  /** A change to an object: what it was and what it is, either of which may be nothing. */
  record Change(@Nullable StoredObject before, @Nullable StoredObject after) {}

  NavigableMap<String, StoredObject> live() {
    return Collections.unmodifiableNavigableMap(live);
  }

  /**
   * The object as it is now.
   *
   * @param generation the only one the caller wants; null for whichever there is
   * @throws io.deltaferry.localgcp.http.GoogleError 404
   */
  StoredObject require(String name, @Nullable Long generation) {
    return find(name, generation).orElseThrow(() -> Refusals.noObject(bucket, name));
  }

  Optional<StoredObject> find(String name, @Nullable Long generation) {
    return Optional.ofNullable(live.get(name))
        .filter(object -> generation == null || generation == object.generation());
  }

  /** An object and its content; close it. */
  record Opened(StoredObject object, InputStream content) {}

  /**
   * Opens the object as it is now, and again when it is replaced just then: without a wanted
   * generation there is always one to read.
   */
  Opened openCurrent(String name, @Nullable Long generation) throws IOException {
    while (true) {
      StoredObject object = require(name, generation);
      try {
        return new Opened(object, Files.newInputStream(file(object)));
      } catch (NoSuchFileException e) {
        if (find(name, object.generation()).isPresent()) {
          throw e;
        }
      }
    }
  }

  /** The content of this very generation; 404 once it is replaced or deleted. */
  InputStream open(StoredObject object) throws IOException {
    try {
      return Files.newInputStream(directory.content(object.generation()));
    } catch (NoSuchFileException e) {
      throw Refusals.noObject(bucket, object.name());
    }
  }

  Path file(StoredObject object) {
    return directory.content(object.generation());
  }

  /** Moves received content in as the object's new generation. */
  synchronized Change add(Draft draft, Content content) throws IOException {
    if (closed) {
      throw Refusals.noBucket();
    }
    StoredObject before = live.get(draft.name());
    draft.preconditions().check(before);
    draft.expected().verify(content.crc32c(), content.md5());
    Instant now = now();
    StoredObject after =
        new StoredObject(
            bucket,
            draft.name(),
            generations.next(),
            1,
            content.size(),
            content.crc32c(),
            content.md5(),
            content.componentCount(),
            now,
            now,
            draft.attributes());
    directory.add(after, content.file());
    live.put(after.name(), after);
    if (before != null) {
      directory.removeContent(before);
    }
    return new Change(before, after);
  }

  synchronized Change change(
      String name,
      @Nullable Long generation,
      Preconditions preconditions,
      UnaryOperator<ObjectAttributes> attributes)
      throws IOException {
    StoredObject before = require(name, generation);
    preconditions.check(before);
    StoredObject after = before.withAttributes(attributes.apply(before.attributes()), now());
    directory.write(after);
    live.put(name, after);
    return new Change(before, after);
  }

  synchronized Change remove(String name, @Nullable Long generation, Preconditions preconditions)
      throws IOException {
    StoredObject before = require(name, generation);
    preconditions.check(before);
    directory.removeJson(before);
    live.remove(name);
    directory.removeContent(before);
    return new Change(before, null);
  }

  /** Refuses everything from now on, when it is empty. */
  synchronized boolean close() {
    closed = live.isEmpty();
    return closed;
  }

  private Instant now() {
    return generations.now().truncatedTo(ChronoUnit.MILLIS);
  }
}
