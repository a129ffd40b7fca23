package io.deltaferry.testing;

import io.deltaferry.postgres.PostgresSession;
import io.deltaferry.postgres.PostgresSource;
import io.deltaferry.table.SourceConfig;
import io.deltaferry.table.SourceEndpoint;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;

/** A replica of the test server, which streams from it. */
public final class Standby implements AutoCloseable {
  private final EmbeddedPostgres server;
  private final TestPostgres primary;

  private Standby(EmbeddedPostgres server, TestPostgres primary) {
    this.server = server;
    this.primary = primary;
  }

  /**
   * Copies the server as it runs, and starts the copy as its replica.
   *
   * @param directory that does not exist yet
   */
  public static Standby of(TestPostgres primary, Path directory) throws IOException, SQLException {
    Path data = Path.of(String.valueOf(primary.column("SHOW data_directory").get(0)));
    try (Connection admin = primary.admin();
        Statement statement = admin.createStatement()) {
      statement.execute("SELECT pg_backup_start('standby', true)");
      copy(data, directory);
      try (ResultSet label =
          statement.executeQuery("SELECT labelfile FROM pg_backup_stop(false)")) {
        label.next();
        Files.writeString(directory.resolve("backup_label"), label.getString(1));
      }
    }
    Files.createFile(directory.resolve("standby.signal"));
    Files.writeString(
        directory.resolve("postgresql.auto.conf"),
        "primary_conninfo = 'host=127.0.0.1 user=postgres port=%d'\n"
            .formatted(TestPostgres.port()),
        StandardOpenOption.APPEND);
    return new Standby(
        TestPostgres.server().setDataDirectory(directory).setCleanDataDirectory(false).start(),
        primary);
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectory(
        to, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    Files.walkFileTree(
        from,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
              throws IOException {
            Files.createDirectories(to.resolve(from.relativize(directory)));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            try {
              if (!file.endsWith("postmaster.pid")) {
                Files.copy(file, to.resolve(from.relativize(file)));
              }
            } catch (NoSuchFileException gone) {
              // The server removes what it needs no more.
              return FileVisitResult.CONTINUE;
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException failure) {
            return FileVisitResult.CONTINUE;
          }
        });
  }

  /** A pinned session on the replica. */
  public PostgresSession open() {
    SourceConfig config =
        new SourceConfig(
            new SourceEndpoint.Jdbc(
                "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/" + primary.config().user()),
            primary.config().user(),
            null,
            false,
            Map.of());
    return new PostgresSource(config, primary.password()).open(Duration.ofSeconds(60));
  }

  /** Runs a statement as the replica's administrator. */
  public void run(String sql) throws SQLException {
    try (Connection admin = server.getPostgresDatabase().getConnection();
        Statement statement = admin.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Waits until the query answers this there. */
  public void await(String sql, String expected) throws InterruptedException {
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    try (PostgresSession session = open()) {
      while (!session.text(sql, "waiting").orElse("").equals(expected)) {
        if (System.nanoTime() > deadline) {
          throw new AssertionError(sql + " is not " + expected);
        }
        Thread.sleep(10);
      }
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
