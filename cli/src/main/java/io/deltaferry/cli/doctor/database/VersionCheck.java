package io.deltaferry.cli.doctor.database;

import io.deltaferry.cli.doctor.Check;
import io.deltaferry.cli.doctor.Finding;
import io.deltaferry.cli.doctor.Remedy;

/** The server is one that the extractor's statements are written for and tested with. */
public record VersionCheck(SourceSessions sessions) implements Check {
  private static final int OLDEST = 14;
  private static final int NEWEST_TESTED = 17;
  private static final int PER_MAJOR = 10_000;

  @Override
  public String area() {
    return "database";
  }

  @Override
  public String name() {
    return "version";
  }

  @Override
  public Finding look() {
    return sessions.ask(
        session ->
            judge(
                session
                    .text("SHOW server_version_num", "reading the server's version")
                    .map(Integer::parseInt)
                    .orElse(0)));
  }

  static Finding judge(int number) {
    int major = number / PER_MAJOR;
    String version = "PostgreSQL %d.%d".formatted(major, number % PER_MAJOR);
    if (major < OLDEST) {
      return Finding.missing(
          version, Remedy.advice("upgrade to PostgreSQL " + OLDEST + " or newer"));
    }
    return major > NEWEST_TESTED
        ? Finding.warning(
            version + " is newer than what Deltaferry is tested with",
            Remedy.advice("watch the first runs, or use PostgreSQL " + NEWEST_TESTED))
        : Finding.ok(version);
  }
}
