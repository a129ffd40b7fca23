package io.deltaferry.cli.doctor.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deltaferry.bound.Activity;
import io.deltaferry.cli.demo.DemoPostgres;
import io.deltaferry.cli.doctor.Finding;
import io.deltaferry.cli.doctor.NotCheckedException;
import io.deltaferry.cli.doctor.State;
import io.deltaferry.postgres.BoundReader;
import io.deltaferry.table.SourceConfig;
import io.deltaferry.table.SourceEndpoint;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real server, first as a primary with a long transaction, then in recovery. */
class ReplicaIT {
  private static final Duration LATENESS = Duration.ZERO;

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it first
  private Path directory;

  @Test
  void tellsWhatAPrimaryAndAReplicaShow() throws Exception {
    try (DemoPostgres primary = DemoPostgres.start(directory);
        SourceSessions sessions = sessions(primary)) {
      assertThat(new ReplicaCheck(sessions, LATENESS).look())
          .isEqualTo(Finding.ok("none: this is a primary"));
      assertTellsOfALongTransaction(primary, sessions);
    }
    Files.createFile(directory.resolve("data/standby.signal"));
    try (DemoPostgres replica = DemoPostgres.start(directory);
        SourceSessions sessions = sessions(replica)) {
      Finding finding = new ReplicaCheck(sessions, LATENESS).look();
      assertThat(finding.found())
          .startsWith("a replica, its lag is not known; the primary may vacuum");
      assertThat(finding.state()).isEqualTo(State.WARNING);
      Activity shown = sessions.ask(session -> new BoundReader(session).read());
      assertThat(shown.replica()).isEqualTo(new Activity.Replica(false, false, null));
      assertThat(shown.lag()).isEmpty();
      // Its mark is a lock, which a server in recovery could refuse.
      sessions.askOnce(
          session -> {
            session.beginSnapshot(null);
            return session.inSnapshot();
          });
      assertThatThrownBy(() -> new TransactionsCheck(sessions, LATENESS, false).look())
          .isInstanceOf(NotCheckedException.class)
          .hasMessage("a replica does not show the primary's");
    }
  }

  private static void assertTellsOfALongTransaction(DemoPostgres primary, SourceSessions sessions)
      throws SQLException, InterruptedException {
    TransactionsCheck check = new TransactionsCheck(sessions, LATENESS, false);
    assertThat(check.look()).isEqualTo(Finding.ok("none"));
    try (Connection writer = primary.connect();
        Statement statement = writer.createStatement()) {
      writer.setAutoCommit(false);
      statement.execute("SELECT 1");
      Finding finding = check.look();
      for (int i = 0; i < 100 && finding.state() == State.OK; i++) {
        Thread.sleep(100);
        finding = check.look();
      }
      assertThat(finding.state()).isEqualTo(State.WARNING);
      assertThat(finding.found()).matches("one is open for \\d+ s and keeps watermarks back: .+");
    }
  }

  private static SourceSessions sessions(DemoPostgres server) {
    return new SourceSessions(
        new SourceConfig(
            new SourceEndpoint.Jdbc(server.url()), server.user(), null, false, Map.of()),
        Duration.ofSeconds(10));
  }
}
