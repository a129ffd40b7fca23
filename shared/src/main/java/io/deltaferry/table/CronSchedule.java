package io.deltaferry.table;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Optional;
import java.util.regex.Pattern;

/** A cron schedule of five fields in UTC, as Cloud Scheduler reads it. */
public final class CronSchedule {
  private static final int FIELDS = 5;
  private static final Pattern BLANKS = Pattern.compile("\\s+");

  private final String text;
  private final ExecutionTime times;

  private CronSchedule(String text, ExecutionTime times) {
    this.text = text;
    this.times = times;
  }

  /**
   * The schedule of that text.
   *
   * @throws IllegalArgumentException with what is wrong, without repeating the text
   */
  public static CronSchedule parse(String text) {
    if (BLANKS.split(text.strip()).length != FIELDS) {
      throw new IllegalArgumentException(
          "is not a schedule of five fields: minute hour day-of-month month day-of-week, such as"
              + " '*/15 * * * *'");
    }
    CronParser parser = new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));
    try {
      return new CronSchedule(text, ExecutionTime.forCron(parser.parse(text.strip()).validate()));
    } catch (IllegalArgumentException refused) {
      throw new IllegalArgumentException(
          "is not a cron schedule: a field holds *, numbers, ranges (1-5), lists (1,3) or steps"
              + " (*/15) within its limits",
          refused);
    }
  }

  /** The latest time of the schedule at or before the given one; empty when there never was one. */
  public Optional<Instant> latestTick(Instant at) {
    ZonedDateTime now = at.atZone(ZoneOffset.UTC);
    return times.isMatch(now) && now.getSecond() == 0
        ? Optional.of(now.withNano(0).toInstant())
        : times.lastExecution(now).map(ZonedDateTime::toInstant);
  }

  @Override
  public String toString() {
    return text;
  }
}
