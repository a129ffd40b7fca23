package io.deltaferry.cli.process;

import io.deltaferry.serving.FunctionServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;

/**
 * Serves one function on the loopback address, and ends when the process that started it ends,
 * however that happens.
 */
public final class ServiceMain {
  private static final int PARENT_GONE = 3;

  /** Less than what the parent waits before it kills. */
  private static final Duration DRAIN = Duration.ofSeconds(4);

  private ServiceMain() {}

  /**
   * Serves until killed.
   *
   * @param arguments the parent's process id, the function's class, the port
   */
  public static void main(String[] arguments) throws Exception {
    Optional<ProcessHandle> parent = ProcessHandle.of(Long.parseLong(arguments[0]));
    if (parent.isEmpty()) {
      System.exit(PARENT_GONE);
      return;
    }
    // No hook of the dead parent can stop this process: it may have been killed with SIGKILL.
    Thread watch = new Thread(() -> endWith(parent.get()), "parent-watch");
    watch.setDaemon(true);
    watch.start();
    FunctionServer.serve(
        arguments[1],
        new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[2])),
        DRAIN);
  }

  private static void endWith(ProcessHandle parent) {
    parent.onExit().join();
    System.exit(PARENT_GONE);
  }
}
