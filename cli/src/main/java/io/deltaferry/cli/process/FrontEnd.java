package io.deltaferry.cli.process;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One address of several instances of a service, as Cloud Run's front end is: a request goes to the
 * instance that has the fewest, and an instance that is down gets none.
 */
public final class FrontEnd implements AutoCloseable {
  private static final int UNAVAILABLE = 503;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool(FrontEnd::daemon);
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final List<Instance> instances;

  private FrontEnd(int port, List<String> urls) throws IOException {
    instances = urls.stream().map(Instance::new).toList();
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  /**
   * Listens at once; the instances need not.
   *
   * @param port of 127.0.0.1
   * @param urls of the instances
   */
  public static FrontEnd start(int port, List<String> urls) {
    try {
      return new FrontEnd(port, urls);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot listen on 127.0.0.1:" + port, e);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void answer(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    try (exchange) {
      for (Instance instance : byBusyness()) {
        if (instance.serve(exchange, body, client)) {
          return;
        }
      }
      exchange.sendResponseHeaders(UNAVAILABLE, -1);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private List<Instance> byBusyness() {
    return instances.stream().sorted(Comparator.comparingInt(Instance::requests)).toList();
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "front-end");
    thread.setDaemon(true);
    return thread;
  }

  /** One of them, and how much it has to do. */
  private record Instance(String url, AtomicInteger serving) {
    Instance(String url) {
      this(url, new AtomicInteger());
    }

    int requests() {
      return serving.get();
    }

    /** False when it is down; nobody knows what one has done that died meanwhile. */
    boolean serve(HttpExchange exchange, byte[] body, HttpClient client)
        throws IOException, InterruptedException {
      serving.incrementAndGet();
      try {
        HttpResponse<byte[]> response =
            client.send(
                ForwardedRequest.of(exchange, body, URI.create(url)), BodyHandlers.ofByteArray());
        byte[] content = response.body();
        exchange.sendResponseHeaders(
            response.statusCode(), content.length == 0 ? -1 : content.length);
        exchange.getResponseBody().write(content);
        return true;
      } catch (ConnectException down) {
        return false;
      } finally {
        serving.decrementAndGet();
      }
    }
  }
}
