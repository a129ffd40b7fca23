package io.deltaferry.cli.doctor.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltaferry.cli.doctor.Finding;
import io.deltaferry.cli.doctor.Remedy;
import io.deltaferry.cli.doctor.State;
import io.deltaferry.cli.doctor.database.ReplicaCheck.Replica;
import io.deltaferry.table.SourceConfig;
import io.deltaferry.table.SourceEndpoint;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is made of what a server tells, where no server of the tests tells it. */
class JudgementsTest {
  private static final long HALF_A_MINUTE_MILLIS = 30_000;
  private static final SourceConfig ANYWHERE =
      new SourceConfig(new SourceEndpoint.Jdbc(""), "me", null, false, Map.of());
  private static final ReplicaCheck REPLICA =
      new ReplicaCheck(new SourceSessions(ANYWHERE, Duration.ofSeconds(1)), Duration.ofMinutes(15));

  @Test
  void oldServersAreMissingSomethingAndNewOnesMaySurprise() {
    assertThat(VersionCheck.judge(130_012).state()).isEqualTo(State.MISSING);
    assertThat(VersionCheck.judge(140_000)).isEqualTo(Finding.ok("PostgreSQL 14.0"));
    assertThat(VersionCheck.judge(170_011)).isEqualTo(Finding.ok("PostgreSQL 17.11"));
    assertThat(VersionCheck.judge(180_001).state()).isEqualTo(State.WARNING);
  }

  @Test
  void aReplicaThatLagsShowsAnOldState() {
    assertThat(REPLICA.judge(new Replica(900L, true, -1))).isEqualTo(Finding.ok("900 s behind"));
    Finding late = REPLICA.judge(new Replica(901L, true, -1));
    assertThat(late.state()).isEqualTo(State.WARNING);
    assertThat(late.found()).isEqualTo("901 s behind: so old is what every run reads");
    assertThat(REPLICA.judge(new Replica(null, true, -1)).found()).contains("lag is not known");
  }

  @Test
  void aReplicaThatCancelsLongStatementsIsAWarning() {
    Finding risky = REPLICA.judge(new Replica(0L, false, HALF_A_MINUTE_MILLIS));
    assertThat(risky.state()).isEqualTo(State.WARNING);
    assertThat(risky.remedies())
        .containsExactly(
            Remedy.sql("ALTER SYSTEM SET hot_standby_feedback = on;"),
            Remedy.sql("ALTER SYSTEM SET max_standby_streaming_delay = '590s';"),
            Remedy.sql("SELECT pg_reload_conf();"),
            Remedy.advice("on Cloud SQL and AlloyDB: the flags of the same names"));
    assertThat(REPLICA.judge(new Replica(0L, true, Duration.ofMinutes(8).toMillis())).state())
        .isEqualTo(State.OK);
  }

  @Test
  void clocksMayDifferByTenSeconds() {
    assertThat(clocks(9, -1).state()).isEqualTo(State.OK);
    assertThat(clocks(-7, 4).state()).isEqualTo(State.WARNING);
    assertThat(clocks(-7, 4).found())
        .isEqualTo(
            "database -7.0 s, bucket +4.0 s against this machine: they differ by more than 10 s");
    assertThat(clocks(-7, 4).remedies())
        .containsExactly(Remedy.advice("synchronise the database host's clock (chronyc tracking)"));
  }

  @Test
  void whereTheOthersAgreeThisMachineIsWrong() {
    Finding wrong = clocks(-60, -61);
    assertThat(wrong.state()).isEqualTo(State.WARNING);
    assertThat(wrong.remedies()).containsExactly(Remedy.shell("timedatectl set-ntp true"));
  }

  private static Finding clocks(int databaseSeconds, int bucketSeconds) {
    return ClockCheck.judge(Duration.ofSeconds(databaseSeconds), Duration.ofSeconds(bucketSeconds));
  }
}
