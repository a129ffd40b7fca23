package io.deltaferry.cli.process;

import io.deltaferry.serving.RunTask;

/** Runs the task of a job, and ends when the process that started it ends. */
public final class TaskMain {
  private TaskMain() {}

  /**
   * Runs until the task ends.
   *
   * @param arguments the parent's process id, the task's class
   */
  public static void main(String[] arguments) throws Exception {
    ParentWatch.start(arguments[0]);
    RunTask.run(arguments[1]);
  }
}
