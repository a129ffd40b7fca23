package io.deltaferry.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.deltaferry.error.DeltaferryException;
import io.deltaferry.error.ErrorCode;
import io.deltaferry.testing.TestPostgres;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SourceTurnsTest {
  private static final Duration SHORT = Duration.ofMillis(50);
  private static final Duration LONG = Duration.ofSeconds(60);

  private static TestPostgres postgres;

  @BeforeAll
  static void start() {
    postgres = TestPostgres.create();
  }

  @Test
  void noMoreSessionsReadThanTheSourceBears() {
    SourceTurns turns = turns("bears", 2);
    SourceTurns elsewhere = turns("bears", 2);
    try (PostgresSession first = turns.open("a", SHORT, LONG)) {
      try (PostgresSession second = elsewhere.open("b", SHORT, LONG)) {
        assertRefused(turns, "c");
        assertThat(second.inSnapshot()).isEqualTo(first.inSnapshot());
      }
      turns.open("c", LONG, LONG).close();
    }
  }

  @Test
  void aWorkIsOneSessionsAtATime() {
    SourceTurns turns = turns("works", 5);
    try (PostgresSession first = turns.open("a", SHORT, LONG)) {
      assertRefused(turns("works", 5), "a");
      turns("another deployment", 5).open("a", SHORT, LONG).close();
      assertThat(first.inSnapshot()).isFalse();
    }
    turns.open("a", LONG, LONG).close();
  }

  /** Whoever gets no turn leaves nothing behind that others would have to wait for. */
  @Test
  void aVainAttemptHoldsNothing() {
    SourceTurns one = turns("vain", 1);
    try (PostgresSession first = one.open("a", SHORT, LONG)) {
      assertRefused(one, "b");
      turns("vain", 2).open("b", LONG, LONG).close();
      assertThat(first.inSnapshot()).isFalse();
    }
    one.open("b", LONG, LONG).close();
  }

  private static void assertRefused(SourceTurns turns, String work) {
    DeltaferryException failure =
        catchThrowableOfType(DeltaferryException.class, () -> turns.open(work, SHORT, LONG));
    assertThat(failure.code()).isEqualTo(ErrorCode.SOURCE_UNAVAILABLE);
    assertThat(failure).hasMessageContaining("no turn to read");
  }

  private static SourceTurns turns(String deployment, int sessions) {
    return new SourceTurns(postgres.source(), deployment, sessions);
  }
}
