package io.deltaferry.testing;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/**
 * Stands before a PostgreSQL and passes on all but one of the rows that it copies out. Nothing on
 * either side notices but whoever counts.
 */
public final class LosingWire implements AutoCloseable {
  /** The first byte of a message with a row of a COPY. */
  private static final byte COPY_DATA = 'd';

  private final ServerSocket door;
  private final int server;
  private final int lost;

  /**
   * Waits for one connection.
   *
   * @param server the port of the server on this machine
   * @param lost which row is dropped, the header counted; from 1
   */
  public LosingWire(int server, int lost) throws IOException {
    this.door = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    this.server = server;
    this.lost = lost;
    start(this::connect);
  }

  public int port() {
    return door.getLocalPort();
  }

  private void connect() throws IOException {
    try (Socket client = door.accept();
        Socket upstream = new Socket(InetAddress.getLoopbackAddress(), server)) {
      InputStream asked = client.getInputStream();
      start(() -> asked.transferTo(upstream.getOutputStream()));
      answer(
          new DataInputStream(upstream.getInputStream()),
          new DataOutputStream(client.getOutputStream()));
    }
  }

  /** Each message is a letter, its length and its content. */
  private void answer(DataInputStream from, DataOutputStream to) throws IOException {
    int rows = 0;
    for (int letter = from.read(); letter >= 0; letter = from.read()) {
      byte[] content = new byte[from.readInt() - Integer.BYTES];
      from.readFully(content);
      rows += letter == COPY_DATA ? 1 : 0;
      if (letter != COPY_DATA || rows != lost) {
        to.write(letter);
        to.writeInt(content.length + Integer.BYTES);
        to.write(content);
      }
    }
  }

  private interface Work {
    void run() throws IOException;
  }

  private static void start(Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (IOException e) {
                // Both sides hang up when they like.
                return;
              }
            },
            "losing-wire");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    door.close();
  }
}
