package io.deltaferry.localgcp.storage;

import io.deltaferry.localgcp.http.HttpCall;
import io.deltaferry.localgcp.http.JsonHttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** A Cloud Storage on this machine: the JSON API over HTTP, the objects in a directory. */
public final class LocalStorage implements AutoCloseable {
  // Nobody's access is checked here and nothing is encrypted: ignoring these would hide a mistake
  // that a bucket with uniform access, or without that key, refuses.
  private static final List<String> UNSUPPORTED =
      List.of(
          "predefinedAcl",
          "predefinedDefaultObjectAcl",
          "destinationPredefinedAcl",
          "kmsKeyName",
          "destinationKmsKeyName");

  private final JsonHttpServer server;
  private final Buckets buckets;
  private final StorageFaults faults = new StorageFaults();

  /**
   * Opens what the directory holds and binds the port; answers from {@link #start} on.
   *
   * @param port 0 for any free one
   * @param directory made when missing; used by one instance at a time
   * @param events where the notifications of buckets go
   * @param clock stamps objects and numbers their generations
   * @throws java.io.UncheckedIOException when the port is taken or the directory unusable
   */
  public LocalStorage(int port, Path directory, ObjectEvents events, Clock clock) {
    server = new JsonHttpServer("local-storage", port);
    try {
      Generations generations = new Generations(clock);
      buckets = new Buckets(directory.resolve("buckets"), generations);
      Incoming incoming = new Incoming(directory.resolve("incoming"));
      EventPublisher publisher = new EventPublisher(events, generations, server.url());
      ObjectStore store = new ObjectStore(buckets, publisher);
      UploadSessions sessions = new UploadSessions(incoming, clock);
      server.fault(LocalStorage::refuseUnkeptPromises);
      new BucketRoutes(buckets, generations).addTo(server);
      new BucketPolicyRoutes(buckets).addTo(server);
      new NotificationRoutes(buckets).addTo(server);
      ResumableRoutes resumable = new ResumableRoutes(store, sessions, faults);
      new UploadRoutes(store, incoming, resumable, faults).addTo(server);
      new CopyRoutes(store, incoming, faults).addTo(server);
      new ObjectRoutes(store, faults).addTo(server);
      server.batch("/batch/storage/v1");
    } catch (RuntimeException e) {
      server.close();
      throw e;
    }
  }

  private static boolean refuseUnkeptPromises(HttpCall call) {
    if (call.header("X-Goog-Encryption-Algorithm").isPresent()) {
      throw Refusals.unsupported("customer-supplied encryption keys");
    }
    for (String parameter : UNSUPPORTED) {
      if (call.query(parameter).isPresent()) {
        throw Refusals.unsupported(
            "the parameter "
                + parameter
                + ": it checks nobody's access and encrypts nothing, so leave it out here");
      }
    }
    return false;
  }

  public LocalStorage start() {
    server.start();
    return this;
  }

  public int port() {
    return server.port();
  }

  /** What a client's {@code setHost} takes, without a trailing slash. */
  public String url() {
    return server.url();
  }

  /** The switches that make calls fail. */
  public StorageFaults faults() {
    return faults;
  }

  /** The object as it is now; empty when it or its bucket does not exist. */
  public Optional<StoredObject> find(String bucket, String object) {
    return buckets.find(bucket).flatMap(found -> found.contents().find(object, null));
  }

  /**
   * The bucket's objects whose name begins with the prefix, by UTF-8 order.
   *
   * @throws io.deltaferry.localgcp.http.GoogleError 404 when there is no such bucket
   */
  public List<StoredObject> list(String bucket, String prefix) {
    return buckets.require(bucket).contents().live().tailMap(prefix).values().stream()
        .takeWhile(object -> object.name().startsWith(prefix))
        .toList();
  }

  /**
   * The content of the object as it is now, as stored; it stays readable when the object is
   * replaced.
   *
   * @throws io.deltaferry.localgcp.http.GoogleError 404 when there is none
   */
  public InputStream open(String bucket, String object) throws IOException {
    return buckets.require(bucket).contents().openCurrent(object, null).content();
  }

  /** The file that holds this generation's content, as stored: read it, never write it. */
  public Path file(StoredObject object) {
    return buckets.require(object.bucket()).contents().file(object);
  }

  @Override
  public void close() {
    server.close();
  }
}
