package io.deltaferry.serving;

import com.google.cloud.functions.invoker.HttpFunctionExecutor;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.handler.GracefulHandler;

/**
 * Serves one function over HTTP, in the cloud and on one machine alike.
 *
 * <p>The function is run by the functions framework's own executor, on the Jetty that its invoker
 * carries. Only the server around it is ours: the framework's listens on every address of the
 * machine, and drops requests when stopped.
 */
public final class FunctionServer {
  private FunctionServer() {}

  /**
   * Makes the function, then listens; returns when the JVM is told to stop.
   *
   * @param functionClass the class the functions framework runs
   * @param drain what a request in flight gets to finish; one that does not is delivered again
   * @throws Exception when there is no such function, it cannot be made, or the address is taken
   */
  public static void serve(String functionClass, InetSocketAddress address, Duration drain)
      throws Exception {
    JdkLogging.bridge();
    Server server = new Server(address);
    server.setHandler(
        new GracefulHandler(HttpFunctionExecutor.forClass(Class.forName(functionClass))));
    server.setStopTimeout(drain.toMillis());
    server.setStopAtShutdown(true);
    server.start();
    server.join();
  }
}
