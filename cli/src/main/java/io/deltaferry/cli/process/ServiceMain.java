package io.deltaferry.cli.process;

import com.google.cloud.functions.invoker.HttpFunctionExecutor;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.handler.GracefulHandler;

/**
 * Serves one function on the loopback address, and ends when the process that started it ends,
 * however that happens.
 *
 * <p>The function is run by the functions framework's own executor, on the Jetty that its invoker
 * carries. Only the server around it is ours: the framework's listens on every address of the
 * machine, and drops requests when stopped.
 */
public final class ServiceMain {
  private static final int PARENT_GONE = 3;

  /** What a request in flight gets to finish; one that does not is delivered again. */
  private static final Duration DRAIN = Duration.ofSeconds(5);

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
    Server server = server(arguments[1], Integer.parseInt(arguments[2]));
    server.start();
    server.join();
  }

  private static Server server(String functionClass, int port) throws ClassNotFoundException {
    Server server = new Server(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    server.setHandler(
        new GracefulHandler(HttpFunctionExecutor.forClass(Class.forName(functionClass))));
    server.setStopTimeout(DRAIN.toMillis());
    server.setStopAtShutdown(true);
    return server;
  }

  private static void endWith(ProcessHandle parent) {
    parent.onExit().join();
    System.exit(PARENT_GONE);
  }
}
