package io.deltaferry.cli.doctor.database;

import io.deltaferry.cli.doctor.Check;
import io.deltaferry.cli.doctor.Finding;
import io.deltaferry.cli.doctor.Remedy;
import io.deltaferry.cli.doctor.cloud.Cloud;
import io.deltaferry.cli.doctor.cloud.Http;
import io.deltaferry.postgres.PostgresSession;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The database, the bucket and this machine agree on the time. */
public record ClockCheck(SourceSessions sessions, Cloud cloud, Http http, Clock clock)
    implements Check {
  private static final Duration TOLERATED = Duration.ofSeconds(10);

  /** The header has whole seconds; on average half of one has passed. */
  private static final Duration HALF_A_SECOND = Duration.ofMillis(500);

  private static final double MILLIS = 1000.0;

  @Override
  public String area() {
    return "database";
  }

  @Override
  public String name() {
    return "clock";
  }

  @Override
  public Finding look() throws IOException, InterruptedException {
    Duration database = database();
    Optional<Duration> bucket = bucket();
    return bucket.isPresent() ? judge(database, bucket.get()) : judge(database);
  }

  /** Both ahead of this machine; negative when behind. */
  static Finding judge(Duration database, Duration bucket) {
    String found = "database %s, bucket %s".formatted(text(database), text(bucket));
    if (isTolerated(database.minus(bucket))) {
      return isTolerated(database) && isTolerated(bucket)
          ? Finding.ok(found + " against this machine")
          : Finding.warning(
              found + ": this machine's clock is wrong", Remedy.shell("timedatectl set-ntp true"));
    }
    return Finding.warning(
        found + " against this machine: they differ by more than " + TOLERATED.toSeconds() + " s",
        Remedy.advice("synchronise the database host's clock (chronyc tracking)"));
  }

  private static Finding judge(Duration database) {
    String found =
        "database %s against this machine; the bucket tells no time".formatted(text(database));
    return isTolerated(database)
        ? Finding.ok(found)
        : Finding.warning(
            found, Remedy.advice("synchronise the database host's clock, or this machine's"));
  }

  private Duration database() {
    return sessions.ask(
        session -> {
          // The first answer warms the connection up.
          session.clock();
          return ahead(session);
        });
  }

  private Duration ahead(PostgresSession session) {
    Instant before = clock.instant();
    Instant there = session.clock();
    return Duration.between(middle(before, clock.instant()), there);
  }

  /** Any answer says when it was given, whatever else it says. */
  private Optional<Duration> bucket() throws IOException, InterruptedException {
    URI anything = URI.create(cloud.storageUrl() + "/");
    Instant before = clock.instant();
    Optional<String> date = http.get(anything, Map.of()).headers().firstValue("date");
    Instant middle = middle(before, clock.instant());
    return date.map(
        text ->
            Duration.between(
                middle,
                ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant()
                    .plus(HALF_A_SECOND)));
  }

  private static Instant middle(Instant before, Instant after) {
    return before.plus(Duration.between(before, after).dividedBy(2));
  }

  private static boolean isTolerated(Duration difference) {
    return difference.abs().compareTo(TOLERATED) <= 0;
  }

  private static String text(Duration ahead) {
    String seconds = String.format(Locale.ROOT, "%+.1f s", ahead.toMillis() / MILLIS);
    return seconds.equals("-0.0 s") ? "+0.0 s" : seconds;
  }
}
