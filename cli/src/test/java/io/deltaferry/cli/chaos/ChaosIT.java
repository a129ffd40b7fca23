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
 * Many write and commit late, syncs run every second, messages come twice, late, out of order and
 * again when newer runs are long done, endpoints fail before and after they have done their work,
 * services are killed: in the end both sides are equal, row by row. The profile {@code chaos} lets
 * it go on for longer.
 */
class ChaosIT {
  private static final List<String> TABLES = List.of("chaos_a", "chaos_b", "chaos_c");
  private static final Duration TIME = Duration.ofSeconds(Long.getLong("chaos.seconds"));
  private static final int WRITERS = 201;

  /** The longest a transaction stays open, and the longest between two of a writer. */
  private static final int PAUSE_MILLIS = 2_000;

  /** One call in so many. */
  private static final double FAULTY = 0.03;

  private static final Duration PATIENCE = Duration.ofMinutes(5);

  @Test
  void bothSidesAreEqualInTheEnd(@TempDir Path directory) throws Exception {
    long seed = Long.getLong("chaos.seed", Instant.now().getEpochSecond());
    System.out.printf("ChaosIT: %s with -Dchaos.seed=%d%n", TIME, seed);
    TestPostgres postgres = TestPostgres.create();
    TABLES.forEach(table -> postgres.run(Writers.ddl(table)));
    String entries =
        String.join(
            "",
            TABLES.stream()
                .map("%1$s: {source: public.%1$s, stamped_by: database}%n"::formatted)
                .toList());
    try (ChaosStack chaos = new ChaosStack(directory, World.url(postgres), entries);
        World world = new World(postgres, chaos.stack())) {
      RandomFaults faults = new RandomFaults(seed, FAULTY);
      List<Writers> writers = new ArrayList<>();
      for (String table : TABLES) {
        writers.add(new Writers(postgres, table, WRITERS / TABLES.size(), PAUSE_MILLIS, seed));
      }
      shake(chaos, faults, new Random(seed));
      for (Writers some : writers) {
        some.stop();
      }
      chaos.calm();
      settle(chaos.stack());
      List<ChaosReport> reports =
          TABLES.stream().map(table -> ChaosReport.of(world, chaos.stack(), table)).toList();
      System.out.printf(
          "ChaosIT: %d kills; %s at %d different steps; %,d rows written, %d prepared transactions%n",
          chaos.kills(),
          faults.injected(),
          faults.places(),
          writers.stream().mapToLong(Writers::written).sum(),
          writers.stream().mapToInt(Writers::prepared).sum());
      List<String> bounds =
          chaos
              .stack()
              .query(
                  "SELECT bound_reason, COUNT(*), SUM(rows_overlap) FROM control.sync_runs GROUP BY 1");
      System.out.println("ChaosIT: watermarks by reason, runs, rows read again: " + bounds);
      reports.forEach(report -> System.out.println("ChaosIT: " + report));
      assertThat(reports).allMatch(ChaosReport::isExact);
      assertThat(bounds).as("watermarks").anyMatch(line -> line.startsWith("KNOWN|"));
      assertThat(faults.injected().keySet()).as("kinds of faults").hasSizeGreaterThan(4);
    }
  }

  /** Asks for every table every second while all of it happens. */
  private static void shake(ChaosStack chaos, RandomFaults faults, Random random)
      throws InterruptedException {
    chaos.faults(faults);
    DeliveryFaults deliveries = chaos.stack().faults();
    deliveries.duplicate(DeliveryFaults.ALL, Chance.of(0.2));
    deliveries.reorder(DeliveryFaults.ALL, Chance.of(0.2), Duration.ofMillis(800));
    deliveries.delay(DeliveryFaults.ALL, Chance.of(0.05), Duration.ofSeconds(4));
    deliveries.dropAcknowledgement(DeliveryFaults.ALL, Chance.of(0.1));
    OldMessages old = new OldMessages(chaos.stack(), random);
    long end = System.nanoTime() + TIME.toNanos();
    while (System.nanoTime() < end) {
      TABLES.forEach(chaos.stack()::request);
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
  }
}
