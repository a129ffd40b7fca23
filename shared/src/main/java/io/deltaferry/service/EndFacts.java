package io.deltaferry.service;

import io.deltaferry.error.DeltaferryException;
import io.deltaferry.run.ControlStore;
import io.deltaferry.run.EndOfRun;
import io.deltaferry.run.KnownRun;
import io.deltaferry.run.ObjectNames;
import io.deltaferry.run.RecentEnds;
import io.deltaferry.run.RunId;
import io.deltaferry.run.RunJson;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a run's end means for its table, for those who watch. Nothing is decided by it, so what
 * cannot be read is left out.
 *
 * @param seconds since the run was asked for
 * @param lagSeconds since the last good run read the database, this one included
 * @param failures how many runs have failed since then
 */
record EndFacts(@Nullable Long seconds, @Nullable Long lagSeconds, @Nullable Long failures) {
  private static final Logger log = LoggerFactory.getLogger(EndFacts.class);

  /** What is asked of a plan here; a refused one has neither. */
  private record Times(@Nullable Instant requestedAt, @Nullable Instant clock) {
    static final Times UNKNOWN = new Times(null, null);

    static Times of(ControlStore control, RunId run) {
      String name = ObjectNames.plan(run);
      return control
          .read(name)
          .map(content -> RunJson.read(name, content, Times.class))
          .orElse(UNKNOWN);
    }
  }

  /** The facts, after the end was written. */
  static EndFacts of(ControlStore control, EndOfRun end) {
    try {
      return read(control, end);
    } catch (DeltaferryException e) {
      log.warn("what the end of run {} means is not known: {}", end.run(), e.getMessage());
      return new EndFacts(null, null, null);
    }
  }

  private static EndFacts read(ControlStore control, EndOfRun end) {
    Times own = Times.of(control, end.run());
    Long seconds = seconds(own.requestedAt(), end);
    return switch (end.outcome()) {
      case COMPLETED, EMPTY -> new EndFacts(seconds, seconds(own.clock(), end), 0L);
      // Whoever superseded it tells how the table stands.
      case SUPERSEDED -> new EndFacts(seconds, null, null);
      case FAILED -> {
        RecentEnds ends = RecentEnds.of(control, upTo(control, end.run()));
        Optional<Times> good = ends.lastGood().map(last -> Times.of(control, last.run()));
        yield new EndFacts(
            seconds, good.map(times -> seconds(times.clock(), end)).orElse(null), ends.failures());
      }
    };
  }

  private static List<KnownRun> upTo(ControlStore control, RunId run) {
    return KnownRun.of(control, run.table()).stream()
        .filter(known -> known.id().seq() <= run.seq())
        .toList();
  }

  private static @Nullable Long seconds(@Nullable Instant from, EndOfRun end) {
    return from == null ? null : Math.max(0, Duration.between(from, end.finished()).toSeconds());
  }
}
