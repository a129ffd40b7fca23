package io.deltaferry.cli.local;

import io.deltaferry.localgcp.bigquery.LocalBigQuery;
import io.deltaferry.localgcp.pubsub.LocalPubSub;
import io.deltaferry.localgcp.pubsub.PubSubSettings;
import io.deltaferry.localgcp.storage.LocalStorage;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;

/** Pub/Sub, Cloud Storage and BigQuery of one data directory, in this process. */
final class LocalApis implements AutoCloseable {
  // One instance of each service stands for the many of Cloud Run, in a heap of 128 MB.
  private static final int PUSHES = 2;

  private final Closing closing = new Closing();
  private final LocalPubSub pubSub;
  private final LocalStorage storage;
  private final LocalBigQuery bigQuery;

  /**
   * Starts all three.
   *
   * @throws IllegalStateException when the data directory is in use or damaged
   * @throws java.io.UncheckedIOException when a port is taken
   */
  LocalApis(Path dataDir, StackPorts ports, Clock clock) {
    try {
      pubSub =
          closing.add(
              new LocalPubSub(
                  PubSubSettings.inMemory()
                      .withPorts(ports.pubsub(), ports.pubsubRest())
                      .withClock(clock)
                      .withMaxOutstandingPushes(PUSHES)
                      .withDataDirectory(dataDir.resolve("pubsub"))));
      storage =
          closing.add(
              new LocalStorage(
                  ports.storage(), dataDir.resolve("storage"), pubSub::publish, clock));
      bigQuery =
          closing.add(
              LocalBigQuery.start(
                  LocalBigQuery.Settings.of(
                      ports.bigquery(),
                      dataDir.resolve("bigquery"),
                      new StoredFiles(storage),
                      clock)));
      storage.start();
      // Last: what was not delivered before a restart goes out at once.
      pubSub.start();
    } catch (SQLException e) {
      closing.close();
      throw new IllegalStateException(
          dataDir + " cannot be opened; does another stack run on it?", e);
    } catch (RuntimeException e) {
      closing.close();
      throw e;
    }
  }

  String pubSubTarget() {
    return pubSub.grpcTarget();
  }

  String pubSubRestUrl() {
    return pubSub.restUrl();
  }

  String storageUrl() {
    return storage.url();
  }

  String bigQueryUrl() {
    return bigQuery.url();
  }

  @Override
  public void close() {
    closing.close();
  }
}
