package io.deltaferry.table;

import io.deltaferry.config.DurationText;
import io.deltaferry.config.Section;
import io.deltaferry.config.Setting;
import io.deltaferry.config.WholeNumberText;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How far a table's watermark may go.
 *
 * @param strict whether a run fails that would have to rest on {@code lateness}
 * @param stampedBy who sets the cursor
 * @param cursorTimeZone in which a cursor without a zone is written, or null
 * @param clockMargin how far the database's clock may be set back
 * @param idLateness how many ids a change may stay invisible, where no bound is known
 * @param maxReplicaLag how far behind a replica may be, or null
 */
public record BoundSettings(
    boolean strict,
    StampedBy stampedBy,
    @Nullable ZoneId cursorTimeZone,
    Duration clockMargin,
    long idLateness,
    @Nullable Duration maxReplicaLag) {
  public static final BoundSettings BUILT_IN =
      new BoundSettings(false, StampedBy.AUTO, null, Duration.ofSeconds(10), 10_000, null);

  private static final String NONE = "none";

  /** Who sets the cursor's values. */
  public enum StampedBy {
    /** What the catalog tells: a default, a trigger, or nobody knows. */
    AUTO,
    /** Every statement sets it to {@code now()} or the like. */
    DATABASE,
    /** Programs, by clocks of their own. */
    APPLICATION;

    /** The word in table files. */
    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** The settings of the section, each falling back to the given ones. */
  static BoundSettings read(Section section, BoundSettings fallback) {
    return new BoundSettings(
        section.text("strict").flatMap(Words::yesOrNo).orElse(fallback.strict),
        section.text("stamped_by").flatMap(Words::stampedBy).orElse(fallback.stampedBy),
        orNone(section, "cursor_time_zone", BoundSettings::zone, fallback.cursorTimeZone),
        section.text("clock_margin").flatMap(BoundSettings::duration).orElse(fallback.clockMargin),
        section.text("id_lateness").flatMap(BoundSettings::count).orElse(fallback.idLateness),
        orNone(section, "max_replica_lag", BoundSettings::duration, fallback.maxReplicaLag));
  }

  private static <T> @Nullable T orNone(
      Section section, String key, Function<Setting, Optional<T>> parser, @Nullable T fallback) {
    Setting setting = section.text(key).orElse(null);
    if (setting == null) {
      return fallback;
    }
    return setting.value().equals(NONE) ? null : parser.apply(setting).orElse(null);
  }

  private static Optional<ZoneId> zone(Setting setting) {
    try {
      return Optional.of(ZoneId.of(setting.value()));
    } catch (DateTimeException refused) {
      setting.refuse("is not a time zone; write one such as America/New_York or UTC");
      return Optional.empty();
    }
  }

  private static Optional<Duration> duration(Setting setting) {
    return setting.as(DurationText::parse);
  }

  private static Optional<Long> count(Setting setting) {
    Optional<Long> count = setting.as(WholeNumberText::parseLong);
    if (count.isPresent() && count.get() < 0) {
      setting.refuse("is negative; give 0 or more");
    }
    return count;
  }
}
