package io.deltaferry.copy;

import io.deltaferry.error.DeltaferryException;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Tells an extraction to stop, from any thread; the first reason counts. */
public final class StopSignal {
  private @Nullable Consumer<Throwable> receiver;
  private @Nullable DeltaferryException reason;

  /** Stops what runs, and what is still to begin. */
  public synchronized void stop(DeltaferryException why) {
    if (reason == null) {
      reason = why;
      if (receiver != null) {
        receiver.accept(why);
      }
    }
  }

  /** Why to stop, once there is a reason. */
  public synchronized Optional<DeltaferryException> reason() {
    return Optional.ofNullable(reason);
  }

  /** For what has not begun yet. */
  synchronized void throwIfAny() {
    if (reason != null) {
      throw reason;
    }
  }

  /** From now on this receives the reason; at once when it is there already. */
  synchronized void handTo(Consumer<Throwable> next) {
    receiver = next;
    if (reason != null) {
      next.accept(reason);
    }
  }

  /** Afterwards no late reason hits what the receiver does next. */
  synchronized void release() {
    receiver = null;
  }
}
