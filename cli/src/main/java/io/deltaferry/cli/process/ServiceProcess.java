package io.deltaferry.cli.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A service in a JVM of its own: started again when it crashes, stopped with this object, and gone
 * when this process is gone.
 */
public final class ServiceProcess implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ServiceProcess.class);
  private static final Duration PROBE_EVERY = Duration.ofMillis(100);
  private static final Duration PROBE_TIMEOUT = Duration.ofSeconds(2);
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(5);

  private final ServiceSpec spec;
  private final Backoff backoff = new Backoff();
  private final HttpClient http = HttpClient.newHttpClient();
  private boolean stopping;
  private int restarts;
  private @Nullable Process process;
  private @Nullable Thread watcher;

  private ServiceProcess(ServiceSpec spec) {
    this.spec = spec;
  }

  /**
   * Starts the process and returns at once.
   *
   * @throws UncheckedIOException when it cannot be started at all
   */
  public static ServiceProcess start(ServiceSpec spec) {
    ServiceProcess service = new ServiceProcess(spec);
    try {
      Files.createDirectories(spec.logDirectory());
      Process first = service.launch();
      service.watcher = new Thread(() -> service.watch(first), "watch-" + spec.name());
      service.watcher.setDaemon(true);
      service.watcher.start();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start the " + spec.name(), e);
    }
    return service;
  }

  public ServiceSpec spec() {
    return spec;
  }

  /** How often it was started again. */
  public synchronized int restarts() {
    return restarts;
  }

  /** The process that serves now. */
  public synchronized ProcessHandle handle() {
    if (process == null) {
      throw new IllegalStateException(spec.name() + " was never started");
    }
    return process.toHandle();
  }

  /**
   * Waits until the service answers its health path.
   *
   * @throws IllegalStateException when it does not in time; names the log to look into
   */
  public void awaitHealthy(Duration timeout) throws InterruptedException {
    long deadline = System.nanoTime() + timeout.toNanos();
    while (!isHealthy()) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException(
            "the "
                + spec.name()
                + " does not answer at "
                + spec.health()
                + (restarts() > 0 ? " and was started " + (restarts() + 1) + " times" : "")
                + "; see "
                + spec.log()
                + " and "
                + spec.stderr());
      }
      TimeUnit.NANOSECONDS.sleep(PROBE_EVERY.toNanos());
    }
  }

  @Override
  public void close() {
    Process last;
    synchronized (this) {
      stopping = true;
      last = process;
    }
    if (last == null || watcher == null) {
      return;
    }
    watcher.interrupt();
    last.destroy();
    try {
      if (!last.waitFor(STOP_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
        last.destroyForcibly();
      }
    } catch (InterruptedException e) {
      last.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private boolean isHealthy() throws InterruptedException {
    try {
      HttpRequest probe = HttpRequest.newBuilder(spec.health()).timeout(PROBE_TIMEOUT).build();
      return http.send(probe, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  private synchronized Process launch() throws IOException {
    ProcessBuilder builder = new ProcessBuilder(spec.command());
    builder.environment().putAll(spec.environment());
    builder.redirectOutput(Redirect.appendTo(spec.log().toFile()));
    builder.redirectError(Redirect.appendTo(spec.stderr().toFile()));
    Process started = builder.start();
    process = started;
    // Closed at once: the service reads nothing, and must not hold a terminal.
    started.getOutputStream().close();
    return started;
  }

  private void watch(Process first) {
    Process current = first;
    try {
      while (true) {
        long startedAt = System.nanoTime();
        int code = current.waitFor();
        Duration wait = backoff.after(Duration.ofNanos(System.nanoTime() - startedAt));
        TimeUnit.NANOSECONDS.sleep(wait.toNanos());
        current = relaunch(code);
      }
    } catch (InterruptedException e) {
      log.debug("{} is stopped", spec.name());
    } catch (IOException e) {
      log.error("the {} cannot be started again", spec.name(), e);
    }
  }

  private synchronized Process relaunch(int code) throws IOException, InterruptedException {
    if (stopping) {
      throw new InterruptedException(spec.name() + " is stopped");
    }
    restarts++;
    log.warn(
        "the {} ended with code {}; starting it again (see {})", spec.name(), code, spec.stderr());
    return launch();
  }
}
