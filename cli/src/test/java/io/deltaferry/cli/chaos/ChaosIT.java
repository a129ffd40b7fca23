package io.deltaferry.cli.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltaferry.cli.endtoend.RunningStack;
import io.deltaferry.cli.endtoend.World;
import io.deltaferry.localgcp.pubsub.Chance;
import io.deltaferry.localgcp.pubsub.DeliveryFaults;
import io.deltaferry.message.SyncOutcome;
import io.deltaferry.testing.TestPostgres;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Many write and commit late, syncs run all the time, messages come twice, late, out of order and
 * again when newer runs are long done, endpoints fail before and after they have done their work,
 * connections break, processes are killed: in the end both sides are equal, row by row. The profile
 * {@code chaos} lets it go on for longer.
 */
class ChaosIT {
  private static final List<String> TABLES = List.of("chaos_a", "chaos_b", "chaos_sliced");
  private static final String ENTRIES =
      """
      chaos_a: {source: public.chaos_a, stamped_by: database}
      chaos_b: {source: public.chaos_b, stamped_by: database}
      chaos_sliced: {source: public.chaos_sliced, stamped_by: database, slice_rows: 400, parallel_slices: 2}
      """;
  private static final Duration TIME = Duration.ofSeconds(Long.getLong("chaos.seconds"));
  private static final int WRITERS = 201;

  /** The longest a transaction stays open, and the longest between two of a writer. */
  private static final int PAUSE_MILLIS = 2_000;

  /** One call in so many. */
  private static final double FAULTY = 0.05;

  /** So much happens at least, however slow the machine is. */
  private static final int ENOUGH = 30;

  /** The longer it went on, the more there is to say once more. */
  private static final Duration PATIENCE = TIME.plusMinutes(5);

  @Test
  void bothSidesAreEqualInTheEnd(@TempDir Path directory) throws Exception {
    long seed = Long.getLong("chaos.seed", Instant.now().getEpochSecond());
    System.out.printf("ChaosIT: %s with -Dchaos.seed=%d%n", TIME, seed);
    TestPostgres postgres = TestPostgres.create();
    TABLES.forEach(table -> postgres.run(Writers.ddl(table)));
    try (ChaosStack chaos =
            new ChaosStack(directory, World.url(postgres), ENTRIES, ChaosStack.TWO_EACH);
        World world = new World(postgres, chaos.stack())) {
      RandomFaults faults = new RandomFaults(seed, FAULTY);
      List<Writers> writers = new ArrayList<>();
      for (String table : TABLES) {
        writers.add(new Writers(postgres, table, WRITERS / TABLES.size(), PAUSE_MILLIS, seed));
      }
      OldMessages old = new OldMessages(chaos.stack(), new Random(seed));
      shake(chaos, faults, old);
      for (Writers some : writers) {
        some.stop();
      }
      chaos.calm();
      settle(chaos.stack());
      ChaosSummary summary = summary(seed, chaos, world, faults.tally(), old, writers);
      summary.tell();
      assertThat(summary.tables()).allMatch(ChaosReport::isExact);
      assertThat(summary.watermarks()).anyMatch(line -> line.startsWith("KNOWN|"));
      assertThat(summary.places()).as("faults at steps").isGreaterThanOrEqualTo(ENOUGH);
      assertNothingChanges(world, old);
    }
  }

  private static ChaosSummary summary(
      long seed,
      ChaosStack chaos,
      World world,
      Tally tally,
      OldMessages old,
      List<Writers> writers) {
    return new ChaosSummary(
        seed,
        TIME.toSeconds(),
        chaos.kills(),
        tally.byWay(),
        chaos.stack().faults().happened(),
        old.published(),
        writers.stream().mapToInt(Writers::prepared).sum(),
        chaos
            .stack()
            .query(
                "SELECT bound_reason, COUNT(*), SUM(rows_overlap) FROM control.sync_runs GROUP BY 1"),
        writers.stream().map(some -> ChaosReport.of(world, some.table(), some.written())).toList(),
        tally.places(),
        tally.never());
  }

  /** Whatever was said of any run is said again, now that all of them are over. */
  private static void assertNothingChanges(World world, OldMessages old) {
    List<Settled> before = TABLES.stream().map(table -> Settled.of(world, table)).toList();
    TABLES.forEach(old::replayAll);
    world.stack().awaitDelivered(PATIENCE);
    assertThat(TABLES.stream().map(table -> Settled.of(world, table)).toList())
        .as("what the old messages leave")
        .isEqualTo(before);
  }

  /** Asks for the tables while all of it happens. */
  private static void shake(ChaosStack chaos, RandomFaults faults, OldMessages old)
      throws InterruptedException {
    chaos.faults(faults);
    DeliveryFaults deliveries = chaos.stack().faults();
    deliveries.duplicate(DeliveryFaults.ALL, Chance.of(0.2));
    deliveries.reorder(DeliveryFaults.ALL, Chance.of(0.2), Duration.ofMillis(800));
    deliveries.delay(DeliveryFaults.ALL, Chance.of(0.05), Duration.ofSeconds(4));
    deliveries.dropAcknowledgement(DeliveryFaults.ALL, Chance.of(0.1));
    Demand demand = new Demand(chaos.stack());
    long end = System.nanoTime() + TIME.toNanos();
    long patience = end + PATIENCE.toNanos();
    while (System.nanoTime() < end
        || (faults.tally().places() < ENOUGH && System.nanoTime() < patience)) {
      TABLES.forEach(demand::ask);
      TABLES.forEach(old::replayOne);
      Thread.sleep(1_000);
    }
  }

  /** One sync in peace; what is still under way comes before it. */
  private static void settle(RunningStack stack) {
    List<String> requests = TABLES.stream().map(stack::request).toList();
    for (String request : requests) {
      assertThat(stack.await(request, PATIENCE).outcome())
          .isIn(SyncOutcome.COMPLETED, SyncOutcome.EMPTY);
    }
    stack.awaitDelivered(PATIENCE);
  }
}
