package io.deltaferry.localgcp.pubsub;

import java.nio.file.Path;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/**
 * How a local Pub/Sub runs.
 *
 * @param grpcPort 0 for any free port
 * @param restPort 0 for any free port
 * @param dataDirectory where topics, subscriptions and unacknowledged messages outlive the process;
 *     null keeps them in memory only
 * @param clock tells publish times and deadlines
 * @param faultSeed makes random faults repeatable
 * @param maxOutstandingPushes of one subscription at a time
 */
public record PubSubSettings(
    int grpcPort,
    int restPort,
    @Nullable Path dataDirectory,
    Clock clock,
    long faultSeed,
    int maxOutstandingPushes) {
  public PubSubSettings {
    if (maxOutstandingPushes < 1) {
      throw new IllegalArgumentException("at least one push must be allowed at a time");
    }
  }

  /** Any free ports, in memory, the system's clock, seed 0, 100 pushes at a time. */
  public static PubSubSettings inMemory() {
    return new PubSubSettings(0, 0, null, Clock.systemUTC(), 0, 100);
  }

  public PubSubSettings withPorts(int grpc, int rest) {
    return new PubSubSettings(grpc, rest, dataDirectory, clock, faultSeed, maxOutstandingPushes);
  }

  /** Keeps what must survive in {@code directory}, which is created when missing. */
  public PubSubSettings withDataDirectory(Path directory) {
    return new PubSubSettings(
        grpcPort, restPort, directory, clock, faultSeed, maxOutstandingPushes);
  }

  public PubSubSettings withClock(Clock other) {
    return new PubSubSettings(
        grpcPort, restPort, dataDirectory, other, faultSeed, maxOutstandingPushes);
  }

  public PubSubSettings withFaultSeed(long seed) {
    return new PubSubSettings(grpcPort, restPort, dataDirectory, clock, seed, maxOutstandingPushes);
  }

  public PubSubSettings withMaxOutstandingPushes(int max) {
    return new PubSubSettings(grpcPort, restPort, dataDirectory, clock, faultSeed, max);
  }
}
