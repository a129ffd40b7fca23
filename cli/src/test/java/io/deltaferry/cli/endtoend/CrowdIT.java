package io.deltaferry.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltaferry.message.SyncCompleted;
import io.deltaferry.message.SyncOutcome;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Twenty tables at once: neither one that fails nor one that does not end delays the others. */
@ExtendWith(BadInputWorld.class)
class CrowdIT {
  /** Those that nothing is wrong with. */
  static final List<String> GOOD =
      IntStream.rangeClosed(1, 18).mapToObj("crowd_%02d"::formatted).toList();

  private final World world;

  CrowdIT(World world) {
    this.world = world;
  }

  @Test
  void theOthersEndWhileOneWaitsAndOneFails() throws SQLException {
    world.create("crowd");
    world.create("crowd_slow");
    RunningStack stack = world.stack();
    String slow;
    try (Connection session = world.postgres().admin();
        Statement sql = session.createStatement()) {
      session.setAutoCommit(false);
      sql.execute("LOCK TABLE crowd_slow IN ACCESS EXCLUSIVE MODE");
      slow = stack.request("crowd_slow");
      String lost = stack.request("crowd_lost");
      List<String> requests = new ArrayList<>();
      GOOD.forEach(name -> requests.add(stack.request(name)));
      for (String request : requests) {
        assertThat(stack.await(request).outcome()).isEqualTo(SyncOutcome.COMPLETED);
      }
      assertThat(stack.await(lost).outcome()).isEqualTo(SyncOutcome.FAILED);
      assertThat(stack.ends()).extracting(SyncCompleted::requestId).doesNotContain(slow);
      session.commit();
    }
    assertThat(stack.await(slow).outcome()).isEqualTo(SyncOutcome.COMPLETED);
    for (String name : GOOD) {
      assertThat(world.targetRows(name)).hasSize(3);
    }
  }
}
