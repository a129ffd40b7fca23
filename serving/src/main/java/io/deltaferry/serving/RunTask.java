package io.deltaferry.serving;

import java.lang.reflect.InvocationTargetException;

/** Runs the task of a job, in the image and with the logging of a service. */
public final class RunTask {
  private RunTask() {}

  /**
   * Calls the class's own entry, which ends the process.
   *
   * @throws Exception when there is no such entry, or what it throws
   */
  public static void run(String taskClass) throws Exception {
    JdkLogging.bridge();
    try {
      Class.forName(taskClass)
          .getMethod("main", String[].class)
          .invoke(null, (Object) new String[0]);
    } catch (InvocationTargetException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  }
}
