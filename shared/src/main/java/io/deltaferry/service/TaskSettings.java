package io.deltaferry.service;

import io.deltaferry.config.DurationText;
import io.deltaferry.error.DeltaferryException;
import io.deltaferry.error.ErrorCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a task of the job reads from its environment, beside what a service does.
 *
 * @param execution names the execution; the same in all attempts
 * @param attempt which one this is, from 1
 * @param attempts how many there are
 * @param budget after which an attempt ends by itself, well inside the task's timeout
 */
public record TaskSettings(String execution, int attempt, int attempts, Duration budget) {
  /** Set by the deployment. */
  public static final String BUDGET = "DELTAFERRY_TASK_BUDGET";

  /** Set by the deployment. */
  public static final String ATTEMPTS = "DELTAFERRY_TASK_ATTEMPTS";

  /** Set by Cloud Run. */
  public static final String EXECUTION = "CLOUD_RUN_EXECUTION";

  /** Set by Cloud Run; counts from 0. */
  public static final String ATTEMPT = "CLOUD_RUN_TASK_ATTEMPT";

  /**
   * Reads the variables.
   *
   * @throws DeltaferryException SETTING_INVALID naming every variable that is missing or wrong
   */
  public static TaskSettings from(Map<String, String> environment) {
    List<String> problems = new ArrayList<>();
    String execution = environment.getOrDefault(EXECUTION, "");
    if (execution.isBlank()) {
      problems.add(EXECUTION + " is not set; Cloud Run sets it in a job, and this runs in none");
    }
    int attempt = count(environment, ATTEMPT, 0, problems) + 1;
    int attempts = count(environment, ATTEMPTS, Topology.DEFAULT.job().attempts(), problems);
    Duration budget = budget(environment, problems);
    if (!problems.isEmpty()) {
      throw new DeltaferryException(
          ErrorCode.SETTING_INVALID, "the task's environment: " + String.join("; ", problems));
    }
    return new TaskSettings(execution, attempt, attempts, budget);
  }

  private static int count(
      Map<String, String> environment, String name, int usual, List<String> problems) {
    String text = environment.getOrDefault(name, "");
    if (text.isBlank()) {
      return usual;
    }
    if (!text.matches("[0-9]{1,6}")) {
      problems.add(name + " is not a whole number");
      return usual;
    }
    return Integer.parseInt(text);
  }

  private static Duration budget(Map<String, String> environment, List<String> problems) {
    Duration usual = Topology.DEFAULT.job().budget();
    String text = environment.getOrDefault(BUDGET, "");
    if (text.isBlank()) {
      return usual;
    }
    try {
      Duration budget = DurationText.parse(text);
      if (budget.isZero()) {
        problems.add(BUDGET + " is no time at all");
      }
      return budget;
    } catch (IllegalArgumentException refused) {
      problems.add(BUDGET + " " + refused.getMessage());
      return usual;
    }
  }
}
