package io.deltaferry.service;

import io.deltaferry.config.DurationText;
import io.deltaferry.error.DeltaferryException;
import io.deltaferry.error.ErrorCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a service reads from its environment.
 *
 * @param project the Google Cloud project
 * @param bucket the staging bucket
 * @param location of the BigQuery datasets
 * @param controlDataset of the states and the ledger
 * @param budget after which a handler ends by itself, well inside the delivery deadline
 * @param topics the topics' short names
 * @param maxDeliveryAttempts with which the subscriptions give an event up, and the service before
 *     them
 */
public record ServiceSettings(
    String project,
    String bucket,
    String location,
    String controlDataset,
    Duration budget,
    Topology.Topics topics,
    int maxDeliveryAttempts) {
  /** Names of the variables, for messages and deployments. */
  public static final String PROJECT = "DELTAFERRY_PROJECT";

  public static final String BUCKET = "DELTAFERRY_BUCKET";
  public static final String LOCATION = "DELTAFERRY_LOCATION";
  public static final String CONTROL_DATASET = "DELTAFERRY_CONTROL_DATASET";
  public static final String TABLES = "DELTAFERRY_TABLES";
  public static final String TOPIC_PREFIX = "DELTAFERRY_TOPIC_PREFIX";
  public static final String BUDGET = "DELTAFERRY_BUDGET";

  /** The job of tables that say {@code extract_in: job}; only where there are some. */
  public static final String EXTRACT_JOB = "DELTAFERRY_EXTRACT_JOB";

  public static final String MAX_DELIVERY_ATTEMPTS = "DELTAFERRY_MAX_DELIVERY_ATTEMPTS";

  /** What Pub/Sub allows. */
  private static final int FEWEST_ATTEMPTS = 5;

  private static final int MOST_ATTEMPTS = 100;

  /**
   * Reads the variables.
   *
   * @throws DeltaferryException SETTING_INVALID naming every variable that is missing or wrong
   */
  public static ServiceSettings from(Map<String, String> environment) {
    List<String> problems = new ArrayList<>();
    String project = required(environment, PROJECT, problems);
    String bucket = required(environment, BUCKET, problems);
    String control = required(environment, CONTROL_DATASET, problems);
    Duration budget = budget(environment.get(BUDGET), problems);
    int attempts = attempts(environment.get(MAX_DELIVERY_ATTEMPTS), problems);
    if (!problems.isEmpty()) {
      throw new DeltaferryException(
          ErrorCode.SETTING_INVALID, "the service's environment: " + String.join("; ", problems));
    }
    return new ServiceSettings(
        project,
        bucket,
        environment.getOrDefault(LOCATION, "US"),
        control,
        budget,
        Topology.DEFAULT.topics().prefixed(environment.getOrDefault(TOPIC_PREFIX, "")),
        attempts);
  }

  private static String required(
      Map<String, String> environment, String name, List<String> problems) {
    String value = environment.getOrDefault(name, "");
    if (value.isBlank()) {
      problems.add(name + " is not set");
    }
    return value;
  }

  private static int attempts(@Nullable String text, List<String> problems) {
    int usual = Topology.DEFAULT.push().maxDeliveryAttempts();
    if (text == null || text.isBlank()) {
      return usual;
    }
    try {
      int attempts = Integer.parseInt(text);
      if (attempts >= FEWEST_ATTEMPTS && attempts <= MOST_ATTEMPTS) {
        return attempts;
      }
    } catch (NumberFormatException refused) {
      // Said below.
    }
    problems.add(
        MAX_DELIVERY_ATTEMPTS
            + " is not a whole number from "
            + FEWEST_ATTEMPTS
            + " to "
            + MOST_ATTEMPTS
            + "; it must be the subscriptions' max_delivery_attempts");
    return usual;
  }

  private static Duration budget(@Nullable String text, List<String> problems) {
    Topology.Handler handler = Topology.DEFAULT.handler();
    if (text == null || text.isBlank()) {
      return handler.budget();
    }
    try {
      Duration budget = DurationText.parse(text);
      if (!budget.isZero() && budget.compareTo(handler.timeout()) < 0) {
        return budget;
      }
      problems.add(
          BUDGET + " is not between 1s and the " + handler.timeout() + " that a handler may take");
    } catch (IllegalArgumentException refused) {
      problems.add(BUDGET + " " + refused.getMessage());
    }
    return handler.budget();
  }
}
