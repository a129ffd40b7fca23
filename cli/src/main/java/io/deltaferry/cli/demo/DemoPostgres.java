package io.deltaferry.cli.demo;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** A real PostgreSQL 17 on a loopback port, its data below a directory that can be used again. */
public final class DemoPostgres implements AutoCloseable {
  private final EmbeddedPostgres server;

  private DemoPostgres(EmbeddedPostgres server) {
    this.server = server;
  }

  /**
   * Starts the server, or says what this machine lacks.
   *
   * @param directory where its data stands; created when missing
   * @throws IllegalStateException when it cannot run here; the message says what to do
   */
  public static DemoPostgres start(Path directory) {
    requireRunnableAsThisUser();
    try {
      Files.createDirectories(directory);
      EmbeddedPostgres.Builder builder =
          EmbeddedPostgres.builder()
              .setOverrideWorkingDirectory(directory.resolve("binaries").toFile())
              .setDataDirectory(directory.resolve("data"))
              .setCleanDataDirectory(false)
              .setRegisterShutdownHook(false)
              .setPGStartupWait(Duration.ofSeconds(60))
              .setLocaleConfig("locale", "C.UTF-8")
              .setLocaleConfig("encoding", "UTF8")
              .setServerConfig("timezone", "America/New_York")
              .setServerConfig("max_connections", "100")
              .setOutputRedirector(log(directory))
              .setErrorRedirector(log(directory));
      return new DemoPostgres(builder.start());
    } catch (IOException e) {
      throw new UncheckedIOException(
          "PostgreSQL did not start; its log is " + directory.resolve("postgres.log"), e);
    }
  }

  /** For JDBC; without user and password. */
  public String url() {
    return "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/postgres";
  }

  public String user() {
    return "postgres";
  }

  /** What the demo's server accepts; it trusts every login from this machine. */
  public String password() {
    return "postgres";
  }

  /** A new connection; the caller closes it. */
  public Connection connect() throws SQLException {
    return server.getPostgresDatabase().getConnection();
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException("PostgreSQL did not stop", e);
    }
  }

  private static ProcessBuilder.Redirect log(Path directory) {
    return ProcessBuilder.Redirect.appendTo(directory.resolve("postgres.log").toFile());
  }

  /** PostgreSQL refuses to run as root; the library then starts it in a user namespace. */
  private static void requireRunnableAsThisUser() {
    boolean windows = System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("win");
    if (windows || !"root".equals(System.getProperty("user.name")) || unshareWorks()) {
      return;
    }
    throw new IllegalStateException(
        "PostgreSQL does not run as root, and `unshare -U true` does not work here."
            + " Run the demo as a normal user, or install util-linux and allow user namespaces,"
            + " or use a server of your own: `deltaferry local --source URL --tables FILE`.");
  }

  private static boolean unshareWorks() {
    try {
      Process process =
          new ProcessBuilder("unshare", "-U", "true")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
