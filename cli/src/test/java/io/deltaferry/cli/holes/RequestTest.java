package io.deltaferry.cli.holes;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltaferry.message.SyncCompleted;
import io.deltaferry.message.SyncOutcome;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Each request has its end, whatever becomes of the run that it met. */
@Timeout(180)
class RequestTest {
  /** Nobody else would ever end it, and who had met it would wait for good. */
  @Test
  void whoMetARunThatDiedIsServedAfterItsSuccessor() {
    Line line = Bench.shared().line("run_expiry: 1m");
    line.write("v", 1);
    line.request();
    line.instance().take(line.bus.next(Bus.To.EXTRACTOR));
    line.bus.lose();
    line.request();
    line.instance().take(line.bus.next(Bus.To.EXTRACTOR));
    assertThat(line.bus.poll()).as("it waits for the end of the first run").isEmpty();
    line.bench.clock.forward(Duration.ofMinutes(2));
    line.sync();
    assertThat(line.bus.ends())
        .extracting(SyncCompleted::requestId)
        .containsExactlyInAnyOrder("request-1", "request-2", "request-3");
    assertThat(line.bus.ends().get(0).outcome()).isEqualTo(SyncOutcome.SUPERSEDED);
    assertThat(line.differences()).isEmpty();
  }

  /** Whoever asks again has not been told, or has forgotten. */
  @Test
  void aRequestThatComesAgainIsToldItsEnd() {
    Line line = Bench.shared().line();
    line.write("v", 1);
    line.sync();
    SyncCompleted end = line.end();
    line.request(end.requestId());
    line.deliver(line.instance());
    assertThat(line.bus.ends()).containsExactly(end, end);
    assertThat(line.merged()).containsExactly("1");
  }
}
