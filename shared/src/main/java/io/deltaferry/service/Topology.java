package io.deltaferry.service;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What stands between the services, from {@code terraform/topology.json}: Terraform makes it in
 * Google Cloud and the local stack makes it on one machine, both from that file.
 *
 * @param services by name, in the order of a delta's way
 * @param deadLettersSubscription without it dead letters would be lost
 * @param healthPath where a service says that it runs; Cloud Run keeps paths that end in z for
 *     itself
 * @param schedule what a scheduler's message carries beside the request
 * @param tableFileObject where in the bucket a deployment keeps the table file
 * @param environment names of the services' variables, by meaning
 */
public record Topology(
    Topics topics,
    Map<String, Service> services,
    Push push,
    Subscription deadLettersSubscription,
    Handler handler,
    Job job,
    String healthPath,
    Bucket bucket,
    Notification notification,
    Schedule schedule,
    String tableFileObject,
    Map<String, String> environment) {
  private static final String RESOURCE = "/io/deltaferry/topology.json";

  /** The one there is. */
  public static final Topology DEFAULT = read();

  public Topology {
    services = Collections.unmodifiableMap(new LinkedHashMap<>(services));
    environment = Map.copyOf(environment);
  }

  /** The topics between the stages, by their short names. */
  public record Topics(
      String extractRequests,
      String stagedDeltas,
      String loadedDeltas,
      String syncCompleted,
      String deadLetters) {

    /** The topics' names by their keys in the file. */
    public Map<String, String> byKey() {
      return Map.of(
          "extract_requests", extractRequests,
          "staged_deltas", stagedDeltas,
          "loaded_deltas", loadedDeltas,
          "sync_completed", syncCompleted,
          "dead_letters", deadLetters);
    }

    /**
     * The same topics of a deployment that shares its project with others.
     *
     * @param prefix empty for none
     */
    public Topics prefixed(String prefix) {
      return new Topics(
          prefix + extractRequests,
          prefix + stagedDeltas,
          prefix + loadedDeltas,
          prefix + syncCompleted,
          prefix + deadLetters);
    }
  }

  /**
   * One service.
   *
   * @param topic whose messages are pushed to it, as a key of the file
   * @param function the class the functions framework runs
   */
  public record Service(String topic, String function) {}

  /** How messages reach a service; the acknowledgement deadline is the request's timeout too. */
  public record Push(
      String subscriptionSuffix,
      int ackDeadlineSeconds,
      int maxDeliveryAttempts,
      int minimumBackoffSeconds,
      int maximumBackoffSeconds,
      int messageRetentionSeconds) {}

  /** A subscription that somebody pulls from. */
  public record Subscription(String name, int ackDeadlineSeconds, int messageRetentionSeconds) {}

  /** A handler ends by itself after its budget, well before the platform's timeout. */
  public record Handler(int budgetSeconds, int timeoutSeconds) {
    public Duration budget() {
      return Duration.ofSeconds(budgetSeconds);
    }

    public Duration timeout() {
      return Duration.ofSeconds(timeoutSeconds);
    }
  }

  /**
   * What carries extracts that no request has time for: the image of a service, as a job.
   *
   * @param service whose image and environment it has
   * @param name behind that of the deployment
   * @param task the class that runs in the place of the service's function
   * @param timeoutSeconds after which the platform ends an attempt
   * @param marginSeconds by how much an attempt ends before that, by itself
   * @param maxRetries attempts beyond the first
   */
  public record Job(
      String service,
      String name,
      String task,
      int timeoutSeconds,
      int marginSeconds,
      int maxRetries) {
    public Duration budget() {
      return Duration.ofSeconds(timeoutSeconds - marginSeconds);
    }

    public int attempts() {
      return maxRetries + 1;
    }
  }

  /**
   * How the staging bucket cleans up; what no prefix names stays, as the table file does.
   *
   * @param expireDays age at which objects are deleted, by the prefix of their names
   * @param softDeleteSeconds how long deleted objects are kept, and paid for
   */
  public record Bucket(Map<String, Integer> expireDays, int softDeleteSeconds) {
    public Bucket {
      expireDays = Collections.unmodifiableMap(new LinkedHashMap<>(expireDays));
    }

    public Duration softDelete() {
      return Duration.ofSeconds(softDeleteSeconds);
    }
  }

  /** Which of the bucket's events are told to which topic. */
  public record Notification(
      String topic, String objectPrefix, String eventType, String payloadFormat) {}

  /** The attributes of a scheduler's message. */
  public record Schedule(Map<String, String> attributes) {
    public Schedule {
      attributes = Map.copyOf(attributes);
    }
  }

  private static Topology read() {
    JsonMapper json =
        JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build();
    try (InputStream resource = Topology.class.getResourceAsStream(RESOURCE)) {
      if (resource == null) {
        throw new IllegalStateException(RESOURCE + " is not in the build");
      }
      return json.readValue(resource, Topology.class);
    } catch (IOException e) {
      throw new UncheckedIOException("unreadable: " + RESOURCE, e);
    }
  }
}
