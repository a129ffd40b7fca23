package io.deltaferry.cli.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TableProgressTest {
  private static final Instant AT = Instant.parse("2026-03-01T12:00:00Z");
  private static final TableProgress REQUESTED = TableProgress.requested("orders", "r", AT);

  @Test
  void stagesAndTheirTimesFollowTheRun() {
    TableProgress done =
        REQUESTED
            .planned(3, AT.plusSeconds(1))
            .staged(AT.plusSeconds(3))
            .loaded(AT.plusSeconds(6))
            .done(3, 10, AT.plusSeconds(10));
    assertThat(done.stage()).isEqualTo(Stage.DONE);
    assertThat(done.extracting()).isEqualTo(Duration.ofSeconds(2));
    assertThat(done.loading()).isEqualTo(Duration.ofSeconds(3));
    assertThat(done.merging()).isEqualTo(Duration.ofSeconds(4));
    assertThat(done.total()).isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void newsThatComeLateChangeNothingThatIsKnown() {
    TableProgress loaded = REQUESTED.planned(1, AT).loaded(AT.plusSeconds(5));
    assertThat(loaded.stage()).isEqualTo(Stage.MERGING);
    TableProgress staged = loaded.staged(AT.plusSeconds(2));
    assertThat(staged.stage()).isEqualTo(Stage.MERGING);
    assertThat(staged.loading()).isEqualTo(Duration.ofSeconds(3));
    TableProgress done = staged.done(1, 1, AT.plusSeconds(6));
    assertThat(done.planned(2, AT)).isEqualTo(done);
    assertThat(done.loaded(AT)).isEqualTo(done);
  }

  /** Also where one of them is told twice. */
  @Test
  void theRowsOfABackfillsRunsAreAddedUp() {
    TableProgress two = REQUESTED.planned(3, AT).went(3, 10).went(3, 10).went(5, 7);
    assertThat(two.rows()).isEqualTo(17);
    assertThat(two.done(6, 4, AT).rows()).isEqualTo(21);
  }

  @Test
  void clocksThatDisagreeGiveNoNegativeTimes() {
    assertThat(REQUESTED.done(1, 0, AT.minusSeconds(1)).total()).isEqualTo(Duration.ZERO);
    assertThat(REQUESTED.extracting()).isNull();
  }
}
