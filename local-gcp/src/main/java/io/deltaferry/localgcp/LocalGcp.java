package io.deltaferry.localgcp;

import io.deltaferry.localgcp.bigquery.LocalBigQuery;
import io.deltaferry.localgcp.pubsub.LocalPubSub;
import io.deltaferry.localgcp.pubsub.PubSubSettings;
import io.deltaferry.localgcp.storage.LocalStorage;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pub/Sub, Cloud Storage and BigQuery on loopback ports, wired to each other: buckets notify
 * topics, load jobs read buckets. Everything is kept in one directory and can be started again.
 */
public final class LocalGcp implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(LocalGcp.class);

  private final Deque<AutoCloseable> started = new ArrayDeque<>();
  private final LocalPubSub pubSub;
  private final LocalStorage storage;
  private final LocalBigQuery bigQuery;

  private LocalGcp(Settings settings) throws SQLException {
    Path data = settings.dataDirectory();
    Ports ports = settings.ports();
    try {
      pubSub =
          added(
              new LocalPubSub(
                  PubSubSettings.inMemory()
                      .withPorts(ports.pubSub(), ports.pubSubRest())
                      .withClock(settings.clock())
                      .withMaxOutstandingPushes(settings.pushesAtOnce())
                      .withDataDirectory(data.resolve("pubsub"))));
      storage =
          added(
              new LocalStorage(
                  ports.storage(), data.resolve("storage"), pubSub::publish, settings.clock()));
      bigQuery =
          added(
              LocalBigQuery.start(
                  LocalBigQuery.Settings.of(
                      ports.bigQuery(),
                      data.resolve("bigquery"),
                      new BucketFiles(storage),
                      settings.clock())));
      storage.start();
      // Last: what was not delivered before a restart goes out at once, to services that call back.
      pubSub.start();
    } catch (SQLException | RuntimeException e) {
      close();
      throw e;
    }
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
   * What the endpoints need.
   *
   * @param pushesAtOnce how many messages of a push subscription are out at a time, as a service
   *     with that many free places would get them
   */
  public record Settings(Path dataDirectory, Ports ports, int pushesAtOnce, Clock clock) {}

  /**
   * Starts all three, or none; they answer calls from then on.
   *
   * @throws SQLException when another process has BigQuery's file open, or it is damaged
   * @throws UncheckedIOException when a port is taken
   */
  public static LocalGcp start(Settings settings) throws SQLException {
    return new LocalGcp(settings);
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

  /** Stops what was started, the latest first; one failure does not keep the others open. */
  @Override
  public void close() {
    while (!started.isEmpty()) {
      AutoCloseable endpoint = started.pop();
      try {
        endpoint.close();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (Exception e) {
        log.warn("{} did not close well", endpoint.getClass().getSimpleName(), e);
      }
    }
  }

  private <T extends AutoCloseable> T added(T endpoint) {
    started.push(endpoint);
    return endpoint;
  }
}
