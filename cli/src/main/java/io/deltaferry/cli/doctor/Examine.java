package io.deltaferry.cli.doctor;

import io.deltaferry.cli.doctor.access.AccessChecks;
import io.deltaferry.cli.doctor.cloud.CallerTokens;
import io.deltaferry.cli.doctor.cloud.Cloud;
import io.deltaferry.cli.doctor.cloud.CloudChecks;
import io.deltaferry.cli.doctor.database.DatabaseChecks;
import io.deltaferry.cli.doctor.database.SourceSessions;
import io.deltaferry.cli.endpoint.Located;
import io.deltaferry.table.TableFile;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/** Looks at everything that a deployment needs. */
public final class Examine {
  /** One look; the slowest of those that end well takes a few seconds. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private static final Duration STATEMENT_TIMEOUT = Duration.ofSeconds(10);

  private final Located located;
  private final String name;
  private final CallerTokens caller;
  private final Clock clock;

  /**
   * @param name what the names of services and identities begin with
   */
  public Examine(Located located, String name, CallerTokens caller, Clock clock) {
    this.located = located;
    this.name = name;
    this.caller = caller;
    this.clock = clock;
  }

  /**
   * What every check found.
   *
   * @param environment supplies the table file's variables, and may name another database
   */
  public List<Diagnosis> all(Map<String, String> environment) throws InterruptedException {
    TableFileCheck file = TableFileCheck.read(located, environment);
    return file.tables().isEmpty()
        ? new RunChecks(PATIENCE).run(List.of(file))
        : all(file, file.tables().get());
  }

  /**
   * What was found of permissions, of the database and of each table in it; nothing is asked of the
   * services.
   *
   * @param environment as in {@link #all}
   */
  public List<Diagnosis> access(Map<String, String> environment) throws InterruptedException {
    TableFileCheck file = TableFileCheck.read(located, environment);
    return file.tables().isEmpty()
        ? new RunChecks(PATIENCE).run(List.of(file))
        : run(
            file,
            file.tables().get(),
            (cloud, sessions) -> {
              List<Check> checks = new ArrayList<>(AccessChecks.of(cloud));
              checks.addAll(DatabaseChecks.of(sessions, cloud, clock));
              return checks;
            });
  }

  private List<Diagnosis> all(TableFileCheck file, TableFile tables) throws InterruptedException {
    return run(
        file,
        tables,
        (cloud, sessions) -> {
          List<Check> checks = new ArrayList<>();
          checks.add(file);
          checks.addAll(CloudChecks.of(cloud));
          checks.addAll(AccessChecks.of(cloud));
          checks.addAll(DatabaseChecks.of(sessions, cloud, clock));
          return checks;
        });
  }

  private List<Diagnosis> run(
      TableFileCheck file, TableFile tables, BiFunction<Cloud, SourceSessions, List<Check>> choice)
      throws InterruptedException {
    try (Cloud cloud =
            new Cloud(located, tables, name, located.endpoints().isLocal() ? null : caller);
        SourceSessions sessions = sessions(file, tables)) {
      return new RunChecks(PATIENCE).run(choice.apply(cloud, sessions));
    }
  }

  private static SourceSessions sessions(TableFileCheck file, TableFile tables) {
    return file.noSource()
        .map(why -> SourceSessions.unknown(tables.source(), why))
        .orElseGet(() -> new SourceSessions(tables.source(), STATEMENT_TIMEOUT));
  }
}
