package io.deltaferry.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltaferry.bound.Activity;
import io.deltaferry.testing.Standby;
import io.deltaferry.testing.TestPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a replica that streams from its primary shows. */
class StandbyTest {
  private static TestPostgres primary;
  private static Standby standby;

  @BeforeAll
  static void start(@TempDir Path directory) throws Exception {
    primary = TestPostgres.create();
    primary.run("CREATE TABLE copied (id int)");
    standby = Standby.of(primary, directory.resolve("standby"));
  }

  @AfterAll
  static void stop() throws Exception {
    standby.close();
  }

  /** It lists no transactions in flight there, and one that ends need not be the last begun. */
  @Test
  void aLaterSnapshotHasAGreaterNumber() throws Exception {
    try (Connection writer = primary.admin();
        Statement sql = writer.createStatement()) {
      writer.setAutoCommit(false);
      sql.execute("INSERT INTO copied VALUES (1)");
      primary.run("INSERT INTO copied VALUES (2)");
      awaitRows("1");
      try (PostgresSession before = snapshot()) {
        long number = before.snapshotNumber();
        writer.commit();
        awaitRows("2");
        try (PostgresSession after = snapshot()) {
          assertThat(before.text("SELECT count(*) FROM copied", "counting")).hasValue("1");
          assertThat(after.snapshotNumber()).isGreaterThan(number);
          assertThat(before.snapshotNumber()).as("the same again").isEqualTo(number);
        }
      }
    }
  }

  @Test
  void itLagsOnlyWhileItHasSomethingToReplay() throws Exception {
    primary.run("CREATE TABLE marks (id int)");
    standby.await("SELECT count(*) FROM pg_class WHERE relname = 'marks'", "1");
    Activity quiet = activity();
    assertThat(quiet.replica())
        .isNotNull()
        .extracting("streaming", "caughtUp")
        .containsExactly(true, true);
    assertThat(quiet.lag()).contains(Duration.ZERO);
    standby.run("SELECT pg_wal_replay_pause()");
    try {
      primary.run("INSERT INTO marks VALUES (1)");
      standby.await("SELECT (pg_last_wal_receive_lsn() > pg_last_wal_replay_lsn())::text", "true");
      Activity behind = activity();
      assertThat(behind.replica()).isNotNull().extracting("caughtUp").isEqualTo(false);
      assertThat(behind.lag().orElseThrow()).isPositive();
    } finally {
      standby.run("SELECT pg_wal_replay_resume()");
    }
  }

  private static void awaitRows(String count) throws InterruptedException {
    standby.await("SELECT count(*) FROM copied", count);
  }

  private static PostgresSession snapshot() {
    PostgresSession session = standby.open();
    session.beginSnapshot(null);
    return session;
  }

  private static Activity activity() {
    try (PostgresSession session = standby.open()) {
      return new BoundReader(session).read();
    }
  }
}
