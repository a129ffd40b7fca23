package io.deltaferry.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltaferry.message.SyncOutcome;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A transaction that is open while its table is synced, through all services. */
@ExtendWith(BadInputWorld.class)
class LateCommitIT {
  private final World world;

  LateCommitIT(World world) {
    this.world = world;
  }

  @Test
  void itsRowsArriveAndTheLedgerSaysWhatItCost() throws SQLException {
    world.create(
        "late_commit", "id int PRIMARY KEY, v text, updated_at timestamptz NOT NULL DEFAULT now()");
    world.assertSyncs("late_commit");
    try (Connection writer = world.postgres().admin();
        Statement statement = writer.createStatement()) {
      writer.setAutoCommit(false);
      statement.execute("INSERT INTO late_commit (id) VALUES (10)");
      world.postgres().run("INSERT INTO late_commit (id) VALUES (11)");
      assertThat(world.stack().sync("late_commit").outcome()).isEqualTo(SyncOutcome.COMPLETED);
      assertThat(world.targetRows("late_commit")).hasSize(4);
      writer.commit();
    }
    world.assertSyncs("late_commit");
    // The newest row of before is where the overlap ends, and the late one lies within it.
    assertThat(ledger("bound_reason, pinned_since IS NULL, rows_overlap"))
        .containsExactly("KNOWN|true|0", "KNOWN|false|0", "KNOWN|true|1");
    assertThat(ledger("bound <= pinned_since")).containsExactly("∅", "true", "∅");
  }

  private List<String> ledger(String columns) {
    return world
        .stack()
        .query(
            "SELECT %s FROM control.sync_runs WHERE table_name = 'late_commit' ORDER BY seq"
                .formatted(columns));
  }
}
