package io.deltaferry.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltaferry.error.ErrorCode;
import io.deltaferry.message.SyncCompleted;
import io.deltaferry.message.SyncOutcome;
import io.deltaferry.run.RunId;
import io.deltaferry.testing.TestPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Targets that cannot take the delta stay as they are, and work once they are mended. */
@ExtendWith(BadInputWorld.class)
class BadTargetIT {
  private final World world;
  private final RunningStack stack;
  private final TestPostgres postgres;

  BadTargetIT(World world) {
    this.world = world;
    this.stack = world.stack();
    this.postgres = world.postgres();
  }

  @AfterAll
  static void nothingLeaked(World world) {
    world.assertNothingLeaked();
  }

  @Test
  void aColumnOfATypeThatLosesSomething() {
    world.create("other_type");
    target("other_type", "id INT64 NOT NULL, v BYTES, updated_at DATE");
    world.assertRefused(
        "other_type",
        ErrorCode.TARGET_INCOMPATIBLE,
        "v: the source's STRING cannot become the target's BYTES",
        "updated_at: the source's TIMESTAMP cannot become the target's DATE");
    recreate("other_type", "id INT64 NOT NULL, v STRING, updated_at TIMESTAMP");
    world.assertSyncs("other_type");
  }

  /** BigQuery quotes the value in its message; nobody else may. */
  @Test
  void aValueThatCannotBeCast() {
    world.create("uncastable");
    target("uncastable", "id INT64 NOT NULL, v INT64, updated_at TIMESTAMP");
    world.assertRefused("uncastable", ErrorCode.WAREHOUSE_REFUSED, "df_merge_uncastable_1");
    postgres.run("UPDATE uncastable SET v = id");
    world.assertSyncs("uncastable");
  }

  @Test
  void aRequiredColumnThatTheSourceDoesNotHave() {
    world.create("extra_required");
    target(
        "extra_required",
        "id INT64 NOT NULL, v STRING, updated_at TIMESTAMP, region STRING NOT NULL");
    world.assertRefused(
        "extra_required",
        ErrorCode.TARGET_INCOMPATIBLE,
        "region (STRING): the target requires it, the source has no such column");
    recreate("extra_required", "id INT64 NOT NULL, v STRING, updated_at TIMESTAMP, region STRING");
    world.assertSyncs("extra_required");
  }

  @Test
  void aTargetWithLittleMoreThanTheKeyGetsTheOtherColumns() {
    world.create("lacks_column");
    target("lacks_column", "id INT64 NOT NULL");
    world.assertSyncs("lacks_column");
  }

  @Test
  void aTargetThatHoldsAKeyTwice() {
    world.create("twice_there");
    target("twice_there", "id INT64 NOT NULL, v STRING, updated_at TIMESTAMP");
    stack.query("INSERT INTO target.twice_there (id, v) VALUES (2, 'a'), (2, 'b')");
    world.assertRefused(
        "twice_there", ErrorCode.COUNTS_DIFFER, "does the target hold a key twice?");
    stack.query("DELETE FROM target.twice_there WHERE v = 'b'");
    world.assertSyncs("twice_there");
  }

  @Test
  void aTargetThatSomebodyCreatesAfterThePlan() throws SQLException {
    world.create("newcomer");
    String request =
        whileLocked(
            "newcomer",
            1,
            () -> target("newcomer", "id INT64 NOT NULL, v STRING, updated_at TIMESTAMP"));
    world.assertRefused(
        stack.await(request), ErrorCode.TARGET_CHANGED, "was created by someone else");
    assertThat(world.targetRows("newcomer")).isEmpty();
    world.assertSyncs("newcomer");
  }

  @Test
  void aTargetThatSomebodyReplacesAfterThePlan() throws SQLException {
    world.create("replaced");
    world.assertSyncs("replaced");
    world.touch("replaced");
    String request =
        whileLocked(
            "replaced",
            2,
            () -> recreate("replaced", "id INT64 NOT NULL, v STRING, updated_at TIMESTAMP"));
    world.assertRefused(
        stack.await(request), ErrorCode.TARGET_CHANGED, "was created by someone else");
    assertThat(world.targetRows("replaced")).isEmpty();
    world.assertSyncs("replaced");
  }

  @Test
  void aTargetThatAnotherToolMadeIsAdopted() {
    world.create("adopted");
    target("adopted", "id INT64 NOT NULL, v STRING, updated_at TIMESTAMP, note STRING");
    stack.query(
        """
        INSERT INTO target.adopted (id, v, updated_at, note)
        VALUES (3, 'as the other tool had it', TIMESTAMP_SUB(CURRENT_TIMESTAMP(), INTERVAL 90 MINUTE), 'kept')""");
    SyncCompleted end = stack.sync("adopted");
    assertThat(end.outcome()).as("%s", end).isEqualTo(SyncOutcome.COMPLETED);
    assertThat(stack.query("SELECT low_reason FROM control.sync_runs WHERE table_name = 'adopted'"))
        .containsExactly("ADOPTED");
    // Stamped three and two hours ago: below what the other tool had reached.
    assertThat(stack.query("SELECT id, v, note FROM target.adopted ORDER BY id"))
        .isEqualTo(List.of("1|" + World.ROW_VALUE + "|∅", "3|as the other tool had it|kept"));
  }

  /** One table's trouble is its own. */
  @Test
  void aGoodTableSyncsAmongBadOnes() {
    world.create("good");
    world.assertSyncs("good");
    world.touch("good");
    List<String> bad =
        List.of(
            stack.request("bad_neighbour"),
            stack.request("bad_neighbour"),
            stack.request("bad_neighbour"));
    world.assertSyncs("good");
    bad.forEach(
        request -> assertThat(stack.await(request).outcome()).isEqualTo(SyncOutcome.FAILED));
    assertThat(stack.merged("good")).containsExactly("1", "2");
  }

  private void target(String table, String columns) {
    stack.query("CREATE TABLE target.%s (%s)".formatted(table, columns));
  }

  private void recreate(String table, String columns) {
    stack.query("DROP TABLE target." + table);
    target(table, columns);
  }

  /** The run is planned, and waits for its rows until this is done. */
  private String whileLocked(String table, long run, Runnable meanwhile) throws SQLException {
    try (Connection session = postgres.admin();
        Statement sql = session.createStatement()) {
      session.setAutoCommit(false);
      sql.execute("LOCK TABLE " + table + " IN ACCESS EXCLUSIVE MODE");
      String request = stack.request(table);
      stack.awaitPlan(new RunId(table, run));
      meanwhile.run();
      session.commit();
      return request;
    }
  }
}
