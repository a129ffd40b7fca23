package io.deltaferry.cli.scale;

import com.google.cloud.bigquery.TableId;
import io.deltaferry.cli.compare.CompareTables;
import io.deltaferry.cli.compare.TableComparison;
import io.deltaferry.cli.endtoend.RunningStack;
import io.deltaferry.cli.endtoend.World;
import io.deltaferry.message.SyncCompleted;
import io.deltaferry.message.SyncOutcome;
import io.deltaferry.run.Manifest;
import io.deltaferry.run.ObjectNames;
import io.deltaferry.run.RunId;
import io.deltaferry.run.RunJson;
import io.deltaferry.testing.TestPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;

/** A database and a stack with three extractors, and what trials ask of them. */
final class Trial implements AutoCloseable {
  static final int EXTRACTORS = 3;

  static final Duration PATIENCE = Duration.ofHours(2);

  private final TestPostgres postgres;
  private final RunningStack stack;

  /**
   * Starts the stack.
   *
   * @param postgres whose tables are there
   * @param tables the entries of the table file
   */
  Trial(String name, TestPostgres postgres, String tables)
      throws IOException, InterruptedException {
    this.postgres = postgres;
    Path directory = Files.createTempDirectory("deltaferry-" + name);
    AtScale.say("%s: data and logs in %s", name, directory);
    stack = new RunningStack(directory, World.url(postgres), tables, Map.of(), EXTRACTORS);
  }

  TestPostgres postgres() {
    return postgres;
  }

  RunningStack stack() {
    return stack;
  }

  /** Asks for the table and waits for the end, which has to be a good one. */
  SyncCompleted sync(String table) {
    SyncCompleted end = stack.await(stack.request(table), PATIENCE);
    requireSuccess(end);
    return end;
  }

  /** Fails unless the run has ended well. */
  static void requireSuccess(SyncCompleted end) {
    AtScale.require(end.outcome() != SyncOutcome.FAILED, end.toString());
  }

  /** What the run has staged. */
  Manifest manifest(RunId run) {
    String name = ObjectNames.manifest(run);
    return RunJson.read(name, stack.control().read(name).orElseThrow(), Manifest.class);
  }

  /** Compares every column of every row; fails unless they are equal. */
  void requireEqualSides(String table) throws SQLException, InterruptedException {
    try (Connection connection = postgres.admin()) {
      TableComparison found =
          new CompareTables(stack.bigQuery())
              .compare(connection, "public", table, TableId.of(RunningStack.DATASET, table));
      AtScale.say(
          "%s: %,d rows and %,d rows, compared column by column: %s",
          table, found.sourceRows(), found.targetRows(), found.summary());
      AtScale.require(found.equal(), table + " differs");
    }
  }

  @Override
  public void close() {
    stack.close();
  }
}
