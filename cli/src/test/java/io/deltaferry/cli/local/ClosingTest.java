package io.deltaferry.cli.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class ClosingTest {
  private final Closing closing = new Closing();
  private final List<String> closed = new ArrayList<>();

  @Test
  void theLatestIsClosedFirstAndNothingTwice() {
    closing.add(() -> closed.add("first"));
    closing.add(
        () -> {
          throw new IllegalStateException("a failure keeps nobody open");
        });
    closing.add(() -> closed.add("last"));
    closing.close();
    closing.close();
    assertThat(closed).containsExactly("last", "first");
  }

  /** As when Ctrl-C meets a server that is just starting. */
  @Test
  void whatIsStartingIsClosedToo() throws Exception {
    CountDownLatch starting = new CountDownLatch(1);
    CountDownLatch started = new CountDownLatch(1);
    CompletableFuture<AutoCloseable> start =
        CompletableFuture.supplyAsync(
            () ->
                closing.start(
                    () -> {
                      starting.countDown();
                      await(started);
                      return () -> closed.add("server");
                    }));
    await(starting);
    CompletableFuture<Void> close = CompletableFuture.runAsync(closing::close);
    assertThatThrownBy(() -> close.get(200, TimeUnit.MILLISECONDS))
        .isInstanceOf(TimeoutException.class);
    started.countDown();
    start.get(10, TimeUnit.SECONDS);
    close.get(10, TimeUnit.SECONDS);
    assertThat(closed).containsExactly("server");
    assertThatThrownBy(() -> closing.start(() -> () -> closed.add("too late")))
        .hasMessageContaining("closed");
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
