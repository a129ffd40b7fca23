package io.deltaferry.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/** Ports for {@code --ports-from}. */
final class FreePorts {
  private static final int COUNT = 7;
  private static final int LOWEST = 21_000;
  private static final int STEP = 10;
  private static final int TRIES = 500;

  private FreePorts() {}

  /** The first of seven in a row that nothing listens on now, below the range of free choice. */
  static int inARow() {
    int offset = (int) (ProcessHandle.current().pid() % TRIES);
    for (int i = 0; i < TRIES; i++) {
      int first = LOWEST + (offset + i) % TRIES * STEP;
      if (areFree(first)) {
        return first;
      }
    }
    throw new AssertionError("no seven free ports in a row");
  }

  private static boolean areFree(int first) {
    List<ServerSocket> sockets = new ArrayList<>();
    try {
      for (int port = first; port < first + COUNT; port++) {
        sockets.add(new ServerSocket(port, 1, InetAddress.getLoopbackAddress()));
      }
      return true;
    } catch (IOException e) {
      return false;
    } finally {
      sockets.forEach(FreePorts::close);
    }
  }

  private static void close(ServerSocket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new AssertionError("a port cannot be given back", e);
    }
  }
}
