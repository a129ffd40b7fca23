package io.deltaferry.cli.model;

import io.deltaferry.error.DeltaferryException;
import io.deltaferry.error.ErrorCode;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Counts what the handlers ask of their ports, and lets faults strike there. */
public final class Calls {
  private final Deque<Handling> handlings = new ArrayDeque<>();
  private final BiConsumer<Fault, String> struck;

  /**
   * Takes what a hold does, and who is told of a fault.
   *
   * @param struck is given the fault and the name of the call
   */
  Calls(BiConsumer<Fault, String> struck) {
    this.struck = struck;
  }

  /** One handler at work. */
  private static final class Handling {
    private final Fault fault;
    private int calls;
    private boolean effective;
    private @Nullable Runnable late;

    Handling(Fault fault) {
      this.fault = fault;
    }
  }

  /** Lets a handler work while the fault lies in wait for it. */
  <T> T handling(Fault fault, Supplier<T> work) {
    Handling handling = new Handling(fault);
    handlings.push(handling);
    try {
      T answer = work.get();
      if (handling.late != null) {
        handling.late.run();
      }
      return answer;
    } finally {
      handlings.remove(handling);
    }
  }

  /** Remembers that the handler has done what nobody had done before. */
  void effective() {
    current().effective = true;
  }

  /** Whether a handler is at work at all. */
  boolean areCounted() {
    return !handlings.isEmpty();
  }

  boolean hasEffect() {
    return current().effective;
  }

  /** Puts off what the handler believes done until it has ended well. */
  void late(Runnable effect) {
    current().late = effect;
  }

  private Handling current() {
    return handlings.getFirst();
  }

  /** The port as handlers see it. */
  public <T> T port(Class<T> type, T target, ErrorCode unavailable) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> call(target, method, arguments, unavailable)));
  }

  private @Nullable Object call(
      Object target, Method method, @Nullable Object @Nullable [] arguments, ErrorCode unavailable)
      throws Throwable {
    String name = name(method, arguments);
    boolean after = step(name, unavailable);
    Object answer = answer(target, method, arguments);
    if (after) {
      throw failure(current().fault, unavailable);
    }
    return answer;
  }

  private static @Nullable Object answer(
      Object target, Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
    try {
      // The source's interfaces are the extractor's own.
      method.setAccessible(true);
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause() == null ? e : e.getCause();
    }
  }

  /** One more call; true when its effect is to be kept and its answer to be lost. */
  boolean step(String name, ErrorCode unavailable) {
    Handling handling = current();
    Fault fault = handling.fault;
    handling.calls++;
    if (handling.calls != fault.call()) {
      return false;
    }
    struck.accept(fault, name);
    return switch (fault.kind()) {
      case NONE, HOLD -> false;
      case CRASH_BEFORE, ERROR_BEFORE -> throw failure(fault, unavailable);
      case CRASH_AFTER, ERROR_AFTER -> true;
    };
  }

  private static RuntimeException failure(Fault fault, ErrorCode unavailable) {
    if (fault.kind() == Fault.Kind.CRASH_BEFORE || fault.kind() == Fault.Kind.CRASH_AFTER) {
      throw new Crash();
    }
    return new DeltaferryException(unavailable, "not now");
  }

  private static String name(Method method, @Nullable Object @Nullable [] arguments) {
    Object first = arguments == null || arguments.length == 0 ? null : arguments[0];
    return first instanceof String text ? method.getName() + " " + text : method.getName();
  }
}
