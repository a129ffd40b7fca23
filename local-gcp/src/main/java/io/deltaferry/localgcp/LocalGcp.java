package io.deltaferry.localgcp;

import io.deltaferry.localgcp.bigquery.LocalBigQuery;
import io.deltaferry.localgcp.pubsub.LocalPubSub;
import io.deltaferry.localgcp.pubsub.PubSubSettings;
import io.deltaferry.localgcp.storage.LocalStorage;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;

/**
 * Pub/Sub, Cloud Storage and BigQuery on loopback ports, wired to each other: buckets notify
 * topics, load jobs read buckets. Everything is kept in one directory and can be started again.
 */
public final class LocalGcp implements AutoCloseable {
  private final LocalPubSub pubSub;
  private final LocalStorage storage;
  private final LocalBigQuery bigQuery;

  private LocalGcp(LocalPubSub pubSub, LocalStorage storage, LocalBigQuery bigQuery) {
    this.pubSub = pubSub;
    this.storage = storage;
    this.bigQuery = bigQuery;
  }

  /**
   * Where the endpoints listen; 0 is any free port.
   *
   * @param pubSubRest the JSON form of Pub/Sub, which command-line clients speak
   */
  public record Ports(int pubSub, int pubSubRest, int storage, int bigQuery) {
    public static final Ports FREE = new Ports(0, 0, 0, 0);
  }

  /**
   * Starts all three; they answer calls from then on.
   *
   * @throws SQLException when another process has BigQuery's file open, or it is damaged
   * @throws java.io.UncheckedIOException when a port is taken
   */
  public static LocalGcp start(Path dataDirectory, Ports ports, Clock clock) throws SQLException {
    LocalPubSub pubSub =
        new LocalPubSub(
                PubSubSettings.inMemory()
                    .withPorts(ports.pubSub(), ports.pubSubRest())
                    .withClock(clock)
                    .withDataDirectory(dataDirectory.resolve("pubsub")))
            .start();
    LocalStorage storage =
        new LocalStorage(ports.storage(), dataDirectory.resolve("storage"), pubSub::publish, clock)
            .start();
    LocalBigQuery bigQuery =
        LocalBigQuery.start(
            LocalBigQuery.Settings.of(
                ports.bigQuery(),
                dataDirectory.resolve("bigquery"),
                new BucketFiles(storage),
                clock));
    return new LocalGcp(pubSub, storage, bigQuery);
  }

  public LocalPubSub pubSub() {
    return pubSub;
  }

  public LocalStorage storage() {
    return storage;
  }

  public LocalBigQuery bigQuery() {
    return bigQuery;
  }

  @Override
  public void close() throws SQLException {
    pubSub.close();
    storage.close();
    bigQuery.close();
  }
}
