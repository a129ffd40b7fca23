package io.deltaferry.localgcp.bigquery.job;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deltaferry.localgcp.bigquery.catalog.Catalog;
import io.deltaferry.localgcp.bigquery.catalog.Json;
import io.deltaferry.localgcp.bigquery.catalog.Session;
import io.deltaferry.localgcp.bigquery.catalog.TableId;
import io.deltaferry.localgcp.bigquery.sql.SqlStatement;
import io.deltaferry.localgcp.bigquery.sql.StatementKind;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Runs a script's statements in order; each is a child job with its own statistics. */
final class ScriptExecution {
  private final Catalog catalog;
  private final ObjectNode configuration;
  private final StatementRunner runner;
  // Random, because the parent's id may already be as long as an id can be.
  private final String prefix = "script_job_" + UUID.randomUUID().toString().replace("-", "");
  private int children;
  private long bytes;
  private @Nullable TableId lastRows;

  ScriptExecution(Catalog catalog, ObjectNode configuration, StatementRunner runner) {
    this.catalog = catalog;
    this.configuration = configuration.deepCopy();
    this.runner = runner;
  }

  Execution.Outcome run(Job parent, List<SqlStatement> statements) throws SQLException {
    for (SqlStatement statement : statements) {
      runChild(parent, statement);
    }
    ObjectNode filled = configuration.deepCopy();
    if (lastRows != null) {
      filled.withObject("/query").set("destinationTable", lastRows.reference());
    }
    ObjectNode statistics = own();
    statistics
        .withObject("/query")
        .put("totalBytesProcessed", String.valueOf(bytes))
        .put("totalBytesBilled", String.valueOf(bytes));
    return new Execution.Outcome(filled, statistics);
  }

  private ObjectNode own() {
    ObjectNode statistics = Json.object();
    statistics.put("totalBytesProcessed", String.valueOf(bytes));
    statistics.put("numChildJobs", String.valueOf(children));
    statistics.putObject("query").put("statementType", "SCRIPT");
    return statistics;
  }

  private void runChild(Job parent, SqlStatement statement) throws SQLException {
    children++;
    long started = catalog.clock().millis();
    Job child = child(parent, statement, started);
    try {
      StatementResult result = runner.run(statement);
      bytes += result.bytes();
      StatementKind kind = statement.kind();
      if (kind == StatementKind.SELECT || kind.isDml() || kind.isDdl()) {
        lastRows = result.rows();
      }
      ObjectNode statistics = child.statistics();
      statistics.put("totalBytesProcessed", String.valueOf(result.bytes()));
      statistics.set("query", result.statistics());
      ObjectNode filled = child.configuration();
      if (result.rows() != null) {
        filled.withObject("/query").set("destinationTable", result.rows().reference());
      }
      keep(child.succeeded(catalog.clock().millis(), filled, statistics));
    } catch (SQLException | RuntimeException e) {
      JobFailure failure = Failures.of(e, null);
      keep(child.failed(catalog.clock().millis(), failure.errors(), child.statistics()));
      throw new JobFailure(List.of(located(failure.error(), statement)), own());
    }
  }

  private Job child(Job parent, SqlStatement statement, long started) {
    ObjectNode configured = Json.object().put("jobType", "QUERY");
    configured.putObject("query").put("query", statement.text()).put("useLegacySql", false);
    ObjectNode statistics = Json.object().put("parentJobId", parent.id().job());
    ObjectNode script = statistics.putObject("scriptStatistics").put("evaluationKind", "STATEMENT");
    script
        .putArray("stackFrames")
        .addObject()
        .put("startLine", statement.line())
        .put("startColumn", statement.column())
        .put("text", statement.text());
    return new Job(
        new JobId(parent.id().project(), prefix + "_" + (children - 1)),
        configured,
        parent.id().job(),
        JobState.RUNNING,
        started,
        started,
        0,
        statistics,
        List.of());
  }

  /** In a session of its own: the child stays known even if its transaction is undone. */
  private void keep(Job child) throws SQLException {
    try (Session session = catalog.session()) {
      JobStore.insert(session, child);
    }
  }

  private static JobError located(JobError error, SqlStatement statement) {
    boolean hasPlace = error.message().matches("(?s).* at \\[\\d+:\\d+\\]$");
    return hasPlace
        ? error
        : new JobError(
            error.reason(),
            error.location(),
            error.message() + " at [" + statement.line() + ":" + statement.column() + "]");
  }
}
