package io.deltaferry.cli.local;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Closes what was added, the latest first; one failure does not keep the others open. */
public final class Closing implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Closing.class);

  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private boolean closed;

  /** Adds and returns it. */
  public synchronized <T extends AutoCloseable> T add(T resource) {
    open.push(resource);
    return resource;
  }

  /**
   * Starts and adds what would outlive this process; a close meanwhile waits until it is here.
   *
   * @throws IllegalStateException when all is closed already
   */
  public synchronized <T extends AutoCloseable> T start(Supplier<T> starter) {
    if (closed) {
      throw new IllegalStateException("closed before it could be started");
    }
    return add(starter.get());
  }

  /** Closes everything once; a second call does nothing. */
  @Override
  public synchronized void close() {
    closed = true;
    while (!open.isEmpty()) {
      AutoCloseable resource = open.pop();
      try {
        resource.close();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (Exception e) {
        log.warn("{} did not close well", resource.getClass().getSimpleName(), e);
      }
    }
  }
}
