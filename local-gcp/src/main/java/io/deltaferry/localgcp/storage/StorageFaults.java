package io.deltaferry.localgcp.storage;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** Switches that make the next matching calls fail the way a real service sometimes does. */
public final class StorageFaults {

  /** What happens to a call. */
  public enum Fault {
    /** 503, and nothing has changed. */
    UNAVAILABLE_BEFORE_COMMIT,
    /** 503, but the change has been made. */
    UNAVAILABLE_AFTER_COMMIT,
    /** The connection breaks: half way through the bytes of an upload, else before the answer. */
    CONNECTION_RESET
  }

  /** What a call does. */
  public enum Operation {
    /** Reads an object's content or metadata. */
    READ,
    /** Lists objects. */
    LIST,
    /** Begins a resumable upload. */
    START_UPLOAD,
    /** Sends content: a chunk of a resumable upload, or all of it in one request. */
    UPLOAD,
    /** Asks how much of a resumable upload has arrived. */
    PROBE_UPLOAD,
    /** Patches, deletes, composes or copies. */
    CHANGE
  }

  private static final class Pending {
    private final Fault fault;
    private final Operation operation;
    private final String prefix;
    private int times;

    Pending(Fault fault, Operation operation, String prefix, int times) {
      this.fault = fault;
      this.operation = operation;
      this.prefix = prefix;
      this.times = times;
    }
  }

  /** The work of one call. */
  @FunctionalInterface
  interface Work {
    Reply run() throws IOException;
  }

  private final List<Pending> pending = new ArrayList<>();

  StorageFaults() {}

  /**
   * Makes the next calls of one kind fail.
   *
   * @param times how many calls, at least 1
   * @param objectPrefix only calls for objects whose name begins so (for lists: whose prefix does)
   */
  public synchronized void next(int times, Fault fault, Operation operation, String objectPrefix) {
    if (times < 1) {
      throw new IllegalArgumentException("times must be at least 1, not " + times);
    }
    pending.add(new Pending(fault, operation, objectPrefix, times));
  }

  /** Makes the next calls of one kind fail, whatever their object. */
  public void next(int times, Fault fault, Operation operation) {
    next(times, fault, operation, "");
  }

  /** How many failures are still to come. */
  public synchronized int remaining() {
    return pending.stream().mapToInt(fault -> fault.times).sum();
  }

  /** Forgets the failures that have not happened yet. */
  public synchronized void clear() {
    pending.clear();
  }

  synchronized boolean take(Fault fault, Operation operation, String object) {
    for (Iterator<Pending> all = pending.iterator(); all.hasNext(); ) {
      Pending next = all.next();
      if (next.fault == fault && next.operation == operation && object.startsWith(next.prefix)) {
        if (--next.times == 0) {
          all.remove();
        }
        return true;
      }
    }
    return false;
  }

  /** Does the work, unless a fault comes first, and answers, unless one comes then. */
  Reply around(Operation operation, String object, Work work) throws IOException {
    if (take(Fault.UNAVAILABLE_BEFORE_COMMIT, operation, object)) {
      throw Refusals.unavailable();
    }
    // Whoever reads an upload's bytes breaks off in the middle of them.
    if (operation != Operation.UPLOAD && take(Fault.CONNECTION_RESET, operation, object)) {
      throw new IOException("injected connection reset");
    }
    // A read commits nothing, and its answer holds an open file.
    if (operation == Operation.READ && take(Fault.UNAVAILABLE_AFTER_COMMIT, operation, object)) {
      throw Refusals.unavailable();
    }
    Reply reply = work.run();
    if (take(Fault.UNAVAILABLE_AFTER_COMMIT, operation, object)) {
      throw Refusals.unavailable();
    }
    return reply;
  }
}
