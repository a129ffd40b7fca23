package io.deltaferry.cli.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltaferry.cli.endtoend.World;
import io.deltaferry.message.SyncCompleted;
import io.deltaferry.message.SyncOutcome;
import io.deltaferry.testing.TestPostgres;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every service is killed after each step of a sync that changes something, and each sync is
 * finished once. The steps are not listed here: a sync in peace shows them.
 */
class KillPointsIT {
  private static final boolean LONG = Boolean.getBoolean("chaos.long");

  /** Each is copied once and changed once. */
  private static final int TABLES = LONG ? 96 : 16;

  /** A process that dies after it has only read leaves what it found; the long version tries it. */
  private static final List<String> CHANGES =
      List.of("create ", "upload ", "insert ", "POST ", "publish ");

  /** After a step is nearly always before the next; the long version tries both. */
  private static final List<Fault> WHEN =
      LONG ? List.of(Fault.KILL_BEFORE, Fault.KILL_AFTER) : List.of(Fault.KILL_AFTER);

  /** For three processes that die and start again, one after the other. */
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  /** A step and when the process dies. */
  private record Point(Call call, Fault fault) {}

  @Test
  void eachStepMayBeTheLast(@TempDir Path directory) throws InterruptedException {
    TestPostgres postgres = TestPostgres.create();
    try (ChaosStack chaos =
            new ChaosStack(directory, World.url(postgres), entries(), ChaosStack.TWO_EACH);
        World world = new World(postgres, chaos.stack())) {
      Map<String, Deque<Point>> points = points(stepsOfASync(world, chaos));
      int kills = points.values().stream().mapToInt(Deque::size).sum();
      Set<Point> hit = ConcurrentHashMap.newKeySet();
      int syncs = 0;
      while (hit.size() < kills && syncs < 2 * TABLES) {
        String table = "killed_" + syncs / 2;
        if (syncs % 2 == 0) {
          world.create(table);
        } else {
          world.touch(table);
        }
        syncs++;
        chaos.faults(new OnePointEach(points, hit));
        SyncCompleted end = chaos.stack().await(chaos.stack().request(table), PATIENCE);
        assertThat(end.outcome()).as("sync %d: %s", syncs, end).isEqualTo(SyncOutcome.COMPLETED);
        world.assertEqualSides(table);
        assertThat(chaos.stack().merged(table)).doesNotHaveDuplicates();
      }
      chaos.calm();
      assertThat(points.values()).as("points that no sync came by").allMatch(Deque::isEmpty);
      System.out.printf(
          "KillPointsIT: %d points, %d kills, %d syncs%n", kills, chaos.kills(), syncs);
    }
  }

  private static String entries() {
    return Stream.concat(
            Stream.of("first", "second", "third"),
            IntStream.range(0, TABLES).mapToObj(number -> "killed_" + number))
        .map("%1$s: {source: public.%1$s}\n"::formatted)
        .collect(Collectors.joining());
  }

  /** What every sync takes: not what only the first one does, nor what is chance. */
  private static Set<Call> stepsOfASync(World world, ChaosStack chaos) {
    stepsOfASync(world, chaos, "first");
    Set<Call> steps = stepsOfASync(world, chaos, "second");
    steps.retainAll(stepsOfASync(world, chaos, "third"));
    // How often a poll looks depends on the machine.
    steps.removeIf(call -> call.step().equals("look at a job"));
    steps.removeIf(call -> !LONG && CHANGES.stream().noneMatch(call.step()::startsWith));
    assertThat(steps).extracting(Call::service).contains("extractor", "loader", "merger");
    return steps;
  }

  /** Of a table that is copied for the first time, and then has changed. */
  private static Set<Call> stepsOfASync(World world, ChaosStack chaos, String table) {
    Queue<Call> seen = new ConcurrentLinkedQueue<>();
    chaos.faults(
        call -> {
          seen.add(call);
          return Optional.empty();
        });
    world.create(table);
    world.assertSyncs(table);
    world.touch(table);
    world.assertSyncs(table);
    return new LinkedHashSet<>(seen);
  }

  private static Map<String, Deque<Point>> points(Set<Call> steps) {
    Map<String, Deque<Point>> points = new HashMap<>();
    for (Call call : steps) {
      for (Fault fault : WHEN) {
        points
            .computeIfAbsent(call.service(), service -> new ArrayDeque<>())
            .add(new Point(call, fault));
      }
    }
    return points;
  }

  /** Kills each service once within a sync, at the next of its points that it comes by. */
  private static final class OnePointEach implements FaultPlan {
    private final Map<String, Deque<Point>> left;
    private final Set<Point> hit;
    private final List<String> killed = new ArrayList<>();

    OnePointEach(Map<String, Deque<Point>> left, Set<Point> hit) {
      this.left = left;
      this.hit = hit;
    }

    @Override
    public synchronized Optional<Fault> of(Call call) {
      Deque<Point> points = left.get(call.service());
      if (points == null || killed.contains(call.service())) {
        return Optional.empty();
      }
      Optional<Point> point = points.stream().filter(one -> one.call().equals(call)).findFirst();
      point.ifPresent(
          found -> {
            points.remove(found);
            hit.add(found);
            killed.add(call.service());
          });
      return point.map(Point::fault);
    }
  }
}
