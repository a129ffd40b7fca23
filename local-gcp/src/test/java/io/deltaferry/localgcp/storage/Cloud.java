package io.deltaferry.localgcp.storage;

import com.google.api.gax.retrying.RetrySettings;
import com.google.cloud.NoCredentials;
import com.google.cloud.storage.BucketInfo;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.StorageOptions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** A local storage with one bucket, and Google's own client talking to it. */
final class Cloud implements AutoCloseable {
  static final String BUCKET = "deltas";
  static final Instant NOW = Instant.parse("2026-11-20T10:15:30.123456Z");

  /** One notification as it was published. */
  record Event(String topic, Map<String, String> attributes, String payload) {}

  final List<Event> events = new CopyOnWriteArrayList<>();
  final LocalStorage local;
  final Storage client;

  Cloud(Path directory) {
    this(directory, NOW);
  }

  Cloud(Path directory, Instant now) {
    local =
        new LocalStorage(
                0,
                directory,
                (topic, attributes, payload) ->
                    events.add(
                        new Event(topic, attributes, new String(payload, StandardCharsets.UTF_8))),
                Clock.fixed(now, ZoneOffset.UTC))
            .start();
    client =
        StorageOptions.newBuilder()
            .setHost(local.url())
            .setProjectId("demo")
            .setCredentials(NoCredentials.getInstance())
            .setRetrySettings(
                RetrySettings.newBuilder()
                    .setInitialRetryDelayDuration(Duration.ofMillis(10))
                    .setMaxRetryDelayDuration(Duration.ofMillis(50))
                    .setTotalTimeoutDuration(Duration.ofSeconds(20))
                    .setMaxAttempts(5)
                    .build())
            .build()
            .getService();
  }

  /** With the bucket. */
  static Cloud fresh(Path directory) {
    Cloud cloud = new Cloud(directory);
    cloud.client.create(BucketInfo.of(BUCKET));
    return cloud;
  }

  @Override
  public void close() {
    try {
      client.close();
    } catch (Exception e) {
      throw new IllegalStateException("the client does not close", e);
    }
    local.close();
  }
}
