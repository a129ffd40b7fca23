package io.deltaferry.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class WatchStatusTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final Deque<String> looks = new ArrayDeque<>();

  @Test
  void aTerminalShowsTheNewInThePlaceOfTheOld() throws Exception {
    looks.addAll(List.of("one", "two"));
    watch(true);
    assertThat(out.toString().lines().toList())
        .containsExactly("\u001b[2J\u001b[Hone\u001b[K", "\u001b[J\u001b[Htwo\u001b[K", "\u001b[J");
  }

  @Test
  void elsewhereOneBlockFollowsTheOther() throws Exception {
    looks.addAll(List.of("one", "two"));
    watch(false);
    assertThat(out.toString()).isEqualTo("one\ntwo\n".replace("\n", System.lineSeparator()));
  }

  @Test
  void whatCannotBeReadNowIsReadNextTime() throws Exception {
    looks.addAll(List.of("one", "!away", "three"));
    watch(false);
    assertThat(out.toString().lines()).containsExactly("one", "three");
    assertThat(err.toString().lines()).containsExactly("deltaferry: away");
  }

  @Test
  void aFirstLookThatFailsIsTheEnd() {
    looks.add("!away");
    assertThatThrownBy(() -> watch(false)).hasMessage("away");
  }

  /** Closed within the last look: what that saw is shown, and then it ends. */
  private void watch(boolean terminal) throws Exception {
    try (WatchStatus watch =
        new WatchStatus(
            new PrintWriter(out, true),
            new PrintWriter(err, true),
            terminal,
            Duration.ofMillis(1))) {
      watch.run(
          () -> {
            String look = looks.remove();
            if (looks.isEmpty()) {
              Thread stop = new Thread(watch::close);
              stop.start();
              while (stop.getState() == Thread.State.NEW
                  || stop.getState() == Thread.State.RUNNABLE) {
                Thread.onSpinWait();
              }
            }
            if (look.startsWith("!")) {
              throw new IllegalStateException(look.substring(1));
            }
            return List.of(look);
          });
    }
  }
}
