package io.deltaferry.cli.process;

import io.deltaferry.serving.FunctionServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;

/**
 * Serves one function on the loopback address, and ends when the process that started it ends,
 * however that happens.
 */
public final class ServiceMain {
  /** Less than what the parent waits before it kills. */
  private static final Duration DRAIN = Duration.ofSeconds(4);

  private ServiceMain() {}

  /**
   * Serves until killed.
   *
   * @param arguments the parent's process id, the function's class, the port
   */
  public static void main(String[] arguments) throws Exception {
    ParentWatch.start(arguments[0]);
    FunctionServer.serve(
        arguments[1],
        new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[2])),
        DRAIN);
  }
}
