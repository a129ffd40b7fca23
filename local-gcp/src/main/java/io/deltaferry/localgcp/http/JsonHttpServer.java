package io.deltaferry.localgcp.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An HTTP server on the loopback address whose routes speak Google's JSON. */
public final class JsonHttpServer implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(JsonHttpServer.class);

  static {
    // Without this the JDK's server waits 40 ms for a delayed ACK on each small answer.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    // A pooled connection closed after the default 30 s breaks the next call that may not be
    // retried (seconds).
    System.setProperty("sun.net.httpserver.idleInterval", "300");
  }

  private final HttpServer server;
  private final ExecutorService threads;
  private final List<Route> routes = new CopyOnWriteArrayList<>();
  private final List<Predicate<HttpCall>> faults = new CopyOnWriteArrayList<>();

  /**
   * Binds, but answers nothing before {@link #start}.
   *
   * @param port 0 for any free port
   * @throws UncheckedIOException when the port is taken
   */
  public JsonHttpServer(String name, int port) {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(name + " cannot listen on 127.0.0.1:" + port, e);
    }
    threads =
        Executors.newCachedThreadPool(
            task -> {
              Thread thread = new Thread(task, name);
              thread.setDaemon(true);
              return thread;
            });
    server.setExecutor(threads);
    server.createContext("/", this::answer);
  }

  /** Adds a route; earlier routes win. {@code handler} may throw {@link GoogleError}. */
  public JsonHttpServer route(String method, String template, RouteHandler handler) {
    routes.add(Route.of(method, template, handler));
    return this;
  }

  /** Answers one call of a route; a {@link GoogleError} becomes the error body. */
  @FunctionalInterface
  public interface RouteHandler {
    void handle(HttpCall call) throws IOException;
  }

  /**
   * Adds a fault switch, asked before every call; one that answers true has answered the call
   * itself.
   */
  public void fault(Predicate<HttpCall> fault) {
    faults.add(fault);
  }

  public JsonHttpServer start() {
    server.start();
    return this;
  }

  public int port() {
    return server.getAddress().getPort();
  }

  public String url() {
    return "http://127.0.0.1:" + port();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  /**
   * Answers {@code multipart/mixed} batches of calls to this server's own routes at {@code path}.
   */
  public JsonHttpServer batch(String path) {
    return route("POST", path, new BatchCalls(this::answer)::handle);
  }

  private void answer(HttpExchange exchange) throws IOException {
    HttpCall call = new HttpCall(exchange, Map.of());
    try {
      dispatch(exchange);
    } catch (GoogleError e) {
      refuse(call, e);
    } catch (IOException e) {
      log.debug("{} {}: cut", exchange.getRequestMethod(), exchange.getRequestURI(), e);
      cut(call);
    } catch (RuntimeException e) {
      log.error("{} {}", exchange.getRequestMethod(), exchange.getRequestURI(), e);
      refuse(call, new GoogleError(500, "internalError", String.valueOf(e.getMessage())));
    } catch (Error e) {
      // The JDK's server would leave the caller waiting for an answer that never comes.
      log.error("{} {}", exchange.getRequestMethod(), exchange.getRequestURI(), e);
      call.abort();
      throw e;
    }
  }

  private static void refuse(HttpCall call, GoogleError error) throws IOException {
    if (call.answered()) {
      cut(call);
    } else {
      call.respondJson(error.code(), ErrorBody.of(error));
    }
  }

  private static void cut(HttpCall call) throws IOException {
    if (call.answered()) {
      // Half of an answer is out. Closing the exchange would end a chunked one as if it were
      // whole; the JDK's server cuts the connection when its handler throws.
      throw new IOException("the answer could not be finished");
    }
    call.abort();
  }

  private void dispatch(HttpExchange exchange) throws IOException {
    String method = HttpCall.methodOf(exchange);
    String path = exchange.getRequestURI().getRawPath();
    for (Route route : routes) {
      Optional<Map<String, String>> variables = route.match(method, path);
      if (variables.isPresent()) {
        HttpCall call = new HttpCall(exchange, variables.get());
        if (faults.stream().noneMatch(fault -> fault.test(call))) {
          route.handler().handle(call);
        }
        return;
      }
    }
    throw new GoogleError(404, "notFound", "no such method here: " + method + " " + path);
  }
}
