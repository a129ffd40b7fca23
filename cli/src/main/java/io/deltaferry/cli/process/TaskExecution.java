package io.deltaferry.cli.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One execution of a job, in JVMs of its own: an attempt that fails is followed by the next as long
 * as there are some, and what runs is stopped with this object.
 */
public final class TaskExecution implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(TaskExecution.class);

  private final TaskSpec spec;
  private final String name;
  private final Map<String, String> overrides;
  private final Thread watcher;
  private int attempts;
  private boolean stopping;
  private @Nullable Process process;

  private TaskExecution(TaskSpec spec, String name, Map<String, String> overrides) {
    this.spec = spec;
    this.name = name;
    this.overrides = Map.copyOf(overrides);
    this.watcher = new Thread(this::runAll, "watch-" + name);
    watcher.setDaemon(true);
  }

  /**
   * Starts the first attempt and returns at once.
   *
   * @param overrides variables of this execution only
   * @throws UncheckedIOException when it cannot be started at all
   */
  public static TaskExecution start(TaskSpec spec, String name, Map<String, String> overrides) {
    TaskExecution execution = new TaskExecution(spec, name, overrides);
    try {
      execution.launch();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start " + name, e);
    }
    execution.watcher.start();
    return execution;
  }

  /** The execution's name. */
  public String name() {
    return name;
  }

  /** The process of the latest attempt. */
  public synchronized ProcessHandle handle() {
    if (process == null) {
      throw new IllegalStateException(name + " was never started");
    }
    return process.toHandle();
  }

  /** How many attempts have been started. */
  public synchronized int attempts() {
    return attempts;
  }

  @Override
  public void close() {
    synchronized (this) {
      stopping = true;
      if (process != null) {
        process.destroyForcibly();
      }
    }
    watcher.interrupt();
    try {
      watcher.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void runAll() {
    Backoff backoff = new Backoff();
    try {
      while (true) {
        long startedAt = System.nanoTime();
        int code = current().waitFor();
        if (code == 0 || isLast()) {
          log.info("{} ended with code {}", name, code);
          return;
        }
        log.warn("{} ended with code {}; trying again (see {})", name, code, spec.stderr());
        TimeUnit.NANOSECONDS.sleep(
            backoff.after(Duration.ofNanos(System.nanoTime() - startedAt)).toNanos());
        if (!launch()) {
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      log.error("{} cannot be started again", name, e);
    }
  }

  private synchronized Process current() {
    if (process == null) {
      throw new IllegalStateException(name + " was never started");
    }
    return process;
  }

  private synchronized boolean isLast() {
    return stopping || attempts > spec.maxRetries();
  }

  /** False when all is to stop. */
  private synchronized boolean launch() throws IOException {
    if (stopping) {
      return false;
    }
    ProcessBuilder builder = new ProcessBuilder(spec.command());
    builder.environment().putAll(spec.environment());
    builder.environment().putAll(overrides);
    builder.environment().put("CLOUD_RUN_JOB", spec.name());
    builder.environment().put("CLOUD_RUN_EXECUTION", name);
    builder.environment().put("CLOUD_RUN_TASK_INDEX", "0");
    builder.environment().put("CLOUD_RUN_TASK_COUNT", "1");
    builder.environment().put("CLOUD_RUN_TASK_ATTEMPT", Integer.toString(attempts));
    builder.redirectOutput(Redirect.appendTo(spec.log().toFile()));
    builder.redirectError(Redirect.appendTo(spec.stderr().toFile()));
    Process started = builder.start();
    started.getOutputStream().close();
    process = started;
    attempts++;
    return true;
  }
}
