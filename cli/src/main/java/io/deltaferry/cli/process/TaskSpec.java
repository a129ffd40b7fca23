package io.deltaferry.cli.process;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A job whose executions have one task each.
 *
 * @param name also names its log file
 * @param taskClass has the entry
 * @param heap the JVM's {@code -Xmx}, such as {@code 128m}
 * @param maxRetries attempts beyond the first
 * @param environment what a task gets beside this process's own variables
 * @param logDirectory where its output goes
 */
public record TaskSpec(
    String name,
    String taskClass,
    String heap,
    int maxRetries,
    Map<String, String> environment,
    Path logDirectory) {
  public TaskSpec {
    environment = Map.copyOf(environment);
  }

  List<String> command() {
    return JavaCommand.of(heap, TaskMain.class, taskClass);
  }

  /** The JSON lines the tasks write. */
  Path log() {
    return logDirectory.resolve(name + ".jsonl");
  }

  /** What the JVM and the libraries write beside. */
  Path stderr() {
    return logDirectory.resolve(name + ".stderr.log");
  }
}
