package io.deltaferry.table;

import io.deltaferry.config.Section;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a table's deleted rows are looked for.
 *
 * @param schedule cron text of five fields, in UTC; null means on request only
 * @param maxDeletes how many rows a run may delete whose request does not say
 * @param deletes what becomes of them
 */
public record ReconcileSettings(@Nullable String schedule, MaxDeletes maxDeletes, Deletes deletes) {
  public static final ReconcileSettings BUILT_IN =
      new ReconcileSettings(null, MaxDeletes.parse("10%"), Deletes.SOFT);

  static final List<String> KEYS = List.of("schedule", "max_deletes", "deletes");

  /** What becomes of a row that the source has lost. */
  public enum Deletes {
    /** It stays, and says that it is deleted, and since when. */
    SOFT,
    /** It goes. */
    HARD
  }

  /** The settings of the group, each falling back to the given ones. */
  static ReconcileSettings read(Section table, ReconcileSettings fallback) {
    return table.section("reconcile").map(group -> group(group, fallback)).orElse(fallback);
  }

  private static ReconcileSettings group(Section group, ReconcileSettings fallback) {
    group.refuseOthers(KEYS);
    Optional<String> schedule =
        group
            .text("schedule")
            .flatMap(cron -> cron.as(CronSchedule::parse))
            .map(CronSchedule::toString);
    return new ReconcileSettings(
        schedule.orElse(fallback.schedule),
        group
            .text("max_deletes")
            .flatMap(most -> most.as(MaxDeletes::parse))
            .orElse(fallback.maxDeletes),
        group
            .text("deletes")
            .flatMap(word -> Words.oneOf(word, Deletes.values()))
            .orElse(fallback.deletes));
  }
}
