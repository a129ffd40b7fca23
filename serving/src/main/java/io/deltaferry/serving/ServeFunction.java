package io.deltaferry.serving;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The entry of an image: serves one function on {@code PORT}, as Cloud Run asks for. The system
 * property {@code deltaferry.address} limits it to one address of the machine. As a job the same
 * image runs a task in the function's place.
 */
public final class ServeFunction {
  private static final Logger log = LoggerFactory.getLogger(ServeFunction.class);

  /** What Cloud Run sets where nothing else is configured. */
  private static final int DEFAULT_PORT = 8080;

  private static final int HIGHEST_PORT = 65_535;
  private static final int FAILED = 1;

  /** Cloud Run kills an instance ten seconds after it asked it to stop. */
  private static final Duration DRAIN = Duration.ofSeconds(8);

  private ServeFunction() {}

  /**
   * Serves until told to stop, or runs the task.
   *
   * @param arguments the function's class; behind it, where a job adds one, the task's
   */
  public static void main(String[] arguments) {
    try {
      if (arguments.length > 1) {
        RunTask.run(arguments[1]);
      } else {
        FunctionServer.serve(arguments[0], address(port(System.getenv())), DRAIN);
      }
    } catch (Exception e) {
      // As a log line: a bare stack trace would be one entry a line in Cloud Logging.
      log.error("the {} cannot be run", arguments.length > 1 ? "task" : "function", e);
      System.exit(FAILED);
    }
  }

  /** Every address of a container, since Cloud Run comes from outside. */
  private static InetSocketAddress address(int port) {
    String host = System.getProperty("deltaferry.address", "");
    return host.isEmpty() ? new InetSocketAddress(port) : new InetSocketAddress(host, port);
  }

  /**
   * The port to listen on.
   *
   * @throws IllegalArgumentException when {@code PORT} is none
   */
  static int port(Map<String, String> environment) {
    String text = environment.getOrDefault("PORT", "");
    if (text.isBlank()) {
      return DEFAULT_PORT;
    }
    if (text.matches("[0-9]{1,5}")) {
      int port = Integer.parseInt(text);
      if (port >= 1 && port <= HIGHEST_PORT) {
        return port;
      }
    }
    throw new IllegalArgumentException(
        "PORT must be a number from 1 to " + HIGHEST_PORT + ", but is `" + text + "`");
  }
}
