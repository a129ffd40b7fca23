package io.deltaferry.cli.endtoend;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** The way to a server on this machine, which can be cut and opened again. */
public final class Gateway implements AutoCloseable {
  /** Small, so that even little comes in several. */
  private static final int CHUNK = 2_048;

  /** What becomes of one connection's bytes; whoever throws cuts it. */
  public interface Traffic {
    /** Everything comes through. */
    Traffic FREE = new Traffic() {};

    /** Before the server is asked for a connection. */
    default void connect() throws IOException {}

    /** Of the client. */
    default void send(byte[] bytes, OutputStream server) throws IOException {
      server.write(bytes);
    }

    /** Of the server. */
    default void receive(byte[] bytes, OutputStream client) throws IOException {
      client.write(bytes);
    }
  }

  /** One of its two ways. */
  private interface Way {
    void pass(byte[] bytes, OutputStream to) throws IOException;
  }

  private final int target;
  private final Supplier<Traffic> traffic;
  private final int port;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private ServerSocket listener;

  Gateway(int target) {
    this(target, () -> Traffic.FREE);
  }

  /**
   * Listens at once.
   *
   * @param target port of the server
   * @param traffic of one connection each
   */
  public Gateway(int target, Supplier<Traffic> traffic) {
    this.target = target;
    this.traffic = traffic;
    this.listener = listen(0);
    this.port = listener.getLocalPort();
  }

  public int port() {
    return port;
  }

  /** Cuts every connection and refuses new ones. */
  void cut() {
    close(listener);
    open.forEach(Gateway::close);
    open.clear();
  }

  /** Lets connections through again. */
  void mend() {
    listener = listen(port);
  }

  @Override
  public void close() {
    cut();
  }

  private ServerSocket listen(int wanted) {
    try {
      ServerSocket socket = new ServerSocket();
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted));
      start(() -> accept(socket));
      return socket;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void accept(ServerSocket socket) {
    while (!socket.isClosed()) {
      try {
        Socket client = socket.accept();
        open.add(client);
        start(() -> connect(client));
      } catch (IOException e) {
        // Cut; whoever was connecting sees that.
      }
    }
  }

  private void connect(Socket client) {
    Traffic passing = traffic.get();
    try {
      passing.connect();
      Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
      open.add(server);
      client.setTcpNoDelay(true);
      server.setTcpNoDelay(true);
      start(() -> pipe(server, client, passing::receive));
      pipe(client, server, passing::send);
    } catch (IOException e) {
      // Cut, or there is no server; the client sees either.
      drop(client);
    }
  }

  private void pipe(Socket from, Socket to, Way way) {
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      byte[] buffer = new byte[CHUNK];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        way.pass(Arrays.copyOf(buffer, read), out);
      }
    } catch (IOException e) {
      // Either end is gone; so is the other.
    } finally {
      drop(from);
      drop(to);
    }
  }

  private void drop(Socket socket) {
    close(socket);
    open.remove(socket);
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "gateway");
    thread.setDaemon(true);
    thread.start();
  }

  private static void close(AutoCloseable socket) {
    try {
      socket.close();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
