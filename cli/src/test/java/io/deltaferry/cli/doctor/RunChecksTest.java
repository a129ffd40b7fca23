package io.deltaferry.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.google.common.util.concurrent.Uninterruptibles;
import io.deltaferry.error.DeltaferryException;
import io.deltaferry.error.ErrorCode;
import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class RunChecksTest {
  private static final int MANY = 20;

  private record Fake(String name, Callable<Finding> looking) implements Check {
    @Override
    public String area() {
      return "fake";
    }

    @Override
    public Finding look() throws Exception {
      return looking.call();
    }
  }

  @Test
  void eachIsToldInItsPlaceHoweverOthersEnd() throws InterruptedException {
    List<Diagnosis> told =
        run(
            Duration.ofSeconds(30),
            new Fake(
                "throws",
                () -> {
                  throw new IllegalStateException("odd");
                }),
            new Fake(
                "waits",
                () -> {
                  throw new NotCheckedException("there is no bucket");
                }),
            new Fake(
                "refused",
                () -> {
                  throw new DeltaferryException(ErrorCode.SOURCE_DENIED, "ask for it");
                }),
            new Fake(
                "breaks",
                () -> {
                  throw new LinkageError("no such class");
                }),
            new Fake("works", () -> Finding.ok("there")));
    assertThat(told)
        .extracting(Diagnosis::name, Diagnosis::state, d -> d.finding().found())
        .containsExactly(
            tuple("throws", State.MISSING, "odd"),
            tuple("waits", State.NOT_CHECKED, "there is no bucket"),
            tuple("refused", State.MISSING, "SOURCE_DENIED"),
            tuple("breaks", State.MISSING, "no such class"),
            tuple("works", State.OK, "there"));
    assertThat(told.get(2).finding().remedies()).containsExactly(Remedy.advice("ask for it"));
  }

  @Test
  void aLookThatHangsEndsInTimeAndKeepsNoOthersPlace() throws InterruptedException {
    CountDownLatch never = new CountDownLatch(1);
    List<Check> checks = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      checks.add(
          new Fake(
              "hangs",
              () -> {
                // As a client goes on that is told to stop and tries again.
                Uninterruptibles.awaitUninterruptibly(never);
                return Finding.ok("late");
              }));
    }
    checks.add(new Fake("works", () -> Finding.ok("there")));
    List<Diagnosis> told = run(Duration.ofMillis(100), checks.toArray(Check[]::new));
    never.countDown();
    assertThat(told.subList(0, MANY))
        .allSatisfy(
            diagnosis ->
                assertThat(diagnosis.finding().found()).startsWith("no answer within 0.1 s"));
    assertThat(told.get(MANY).state()).isEqualTo(State.OK);
  }

  @Test
  void whatGoogleRefusesIsToldApart() throws InterruptedException {
    assertThat(
            run(
                    Duration.ofSeconds(30),
                    new Fake(
                        "network",
                        () -> {
                          throw new IllegalStateException(new ConnectException("refused"));
                        }))
                .get(0)
                .finding()
                .found())
        .startsWith("nothing answers there");
  }

  private static List<Diagnosis> run(Duration patience, Check... checks)
      throws InterruptedException {
    return new RunChecks(patience).run(List.of(checks));
  }
}
