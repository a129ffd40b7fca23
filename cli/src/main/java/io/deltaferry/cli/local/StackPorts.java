package io.deltaferry.cli.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/** The ports of 127.0.0.1 that a stack listens on. */
public record StackPorts(
    int pubsub, int pubsubRest, int bigquery, int storage, int extractor, int loader, int merger) {
  /** Those of Google's emulators, as far as there are any. */
  public static final StackPorts DEFAULT = new StackPorts(8085, 8086, 9050, 9023, 8091, 8092, 8093);

  private static final int COUNT = 7;
  private static final int HIGHEST = 65_535;

  /**
   * The port of that service.
   *
   * @throws IllegalArgumentException when there is no such service
   */
  int of(String service) {
    return switch (service) {
      case "extractor" -> extractor;
      case "loader" -> loader;
      case "merger" -> merger;
      default -> throw new IllegalArgumentException("no port for a service called " + service);
    };
  }

  /** Seven ports in a row. */
  public static StackPorts from(int first) {
    if (first < 1 || first + COUNT - 1 > HIGHEST) {
      throw new IllegalArgumentException(
          "the first of seven ports must be in 1.." + (HIGHEST - COUNT + 1) + ", but is " + first);
    }
    return new StackPorts(first, first + 1, first + 2, first + 3, first + 4, first + 5, first + 6);
  }

  /** Seven ports that nothing listens on now. */
  public static StackPorts free() {
    List<ServerSocket> sockets = new ArrayList<>();
    try {
      for (int i = 0; i < COUNT; i++) {
        sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
      }
      int[] ports = sockets.stream().mapToInt(ServerSocket::getLocalPort).toArray();
      return new StackPorts(ports[0], ports[1], ports[2], ports[3], ports[4], ports[5], ports[6]);
    } catch (IOException e) {
      throw new UncheckedIOException("no free port on 127.0.0.1", e);
    } finally {
      sockets.forEach(StackPorts::close);
    }
  }

  private static void close(ServerSocket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException("a port cannot be given back", e);
    }
  }
}
