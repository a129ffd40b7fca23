package io.deltaferry.localgcp.bigquery.job;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deltaferry.localgcp.bigquery.catalog.Catalog;
import io.deltaferry.localgcp.bigquery.catalog.Json;
import io.deltaferry.localgcp.bigquery.catalog.Session;
import io.deltaferry.localgcp.bigquery.catalog.TableEntry;
import io.deltaferry.localgcp.bigquery.catalog.TableId;
import io.deltaferry.localgcp.bigquery.sql.SqlStatement;
import io.deltaferry.localgcp.bigquery.sql.StatementKind;
import io.deltaferry.localgcp.bigquery.sql.Translation;
import io.deltaferry.localgcp.bigquery.type.SchemaJson;
import io.deltaferry.localgcp.bigquery.type.TableSchema;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Runs one statement after the other in one session, inside or outside a transaction. */
final class StatementRunner implements AutoCloseable {
  private final Catalog catalog;
  private final QuerySession query;
  private final Turns turns;
  private final Streaming streaming;
  private final Results results;
  private final Billing billing;
  private TableLocks.@Nullable Owner transaction;

  StatementRunner(
      QueryExecution.Environment environment,
      QuerySession query,
      Results results,
      Billing billing) {
    this.catalog = environment.catalog();
    this.turns = environment.turns();
    this.streaming = environment.streaming();
    this.query = query;
    this.results = results;
    this.billing = billing;
  }

  private Session session() {
    return query.session();
  }

  /** Runs the statement; a failure leaves an open transaction to {@link #close}. */
  StatementResult run(SqlStatement statement) throws SQLException {
    if (Thread.currentThread().isInterrupted()) {
      throw JobFailure.cancelled();
    }
    return switch (statement.kind()) {
      case BEGIN_TRANSACTION -> begin();
      case COMMIT_TRANSACTION, ROLLBACK_TRANSACTION -> end(statement.kind());
      case SELECT -> select(query.translate(statement));
      case ASSERT -> assertion(query.translate(statement));
      case INSERT, UPDATE, DELETE, MERGE, TRUNCATE_TABLE -> dml(query.translate(statement));
      case CREATE_TABLE,
          CREATE_TABLE_AS_SELECT,
          CREATE_VIEW,
          CREATE_SCHEMA,
          DROP_TABLE,
          DROP_VIEW,
          DROP_SCHEMA,
          ALTER_TABLE ->
          ddl(statement);
    };
  }

  private static ObjectNode statistics(StatementKind kind) {
    return Json.object().put("statementType", kind.name()).put("cacheHit", false);
  }

  private StatementResult begin() throws SQLException {
    if (transaction != null) {
      throw JobFailure.invalidQuery("Transaction is already in progress");
    }
    transaction = turns.locks().new Owner();
    session().begin();
    // DuckDB takes its snapshot at the first read; BigQuery's transactions begin here.
    session().query(row -> row.getLong(1), "SELECT count(*) FROM _catalog.datasets");
    return new StatementResult(statistics(StatementKind.BEGIN_TRANSACTION), 0, null);
  }

  private StatementResult end(StatementKind kind) throws SQLException {
    TableLocks.Owner open = transaction;
    if (open == null) {
      throw JobFailure.invalidQuery(
          "There is no active transaction for " + kind.name().replace('_', ' '));
    }
    boolean committed = false;
    try {
      if (kind == StatementKind.COMMIT_TRANSACTION) {
        session().commit();
        committed = true;
      }
    } finally {
      transaction = null;
      if (!committed) {
        session().rollback();
      }
      open.release(committed);
    }
    return new StatementResult(statistics(kind), 0, null);
  }

  private StatementResult select(Translation select) throws SQLException {
    Billing.Cost cost = billing.of(session(), select);
    SelectRunner runner = new SelectRunner(catalog, query);
    TableSchema schema = ResultSchema.of(select);
    TableEntry rows = results.write(runner, select, schema, session(), transaction != null);
    ObjectNode statistics = statistics(StatementKind.SELECT);
    cost.into(statistics);
    statistics.set("schema", SchemaJson.write(schema));
    return new StatementResult(statistics, cost.bytes(), rows.id());
  }

  private StatementResult assertion(Translation assertion) throws SQLException {
    List<Boolean> holds =
        query.query(row -> row.getBoolean(1), assertion.sql().orElseThrow(), assertion.bindings());
    if (!holds.equals(List.of(true))) {
      String message = assertion.assertMessage();
      throw JobFailure.invalidQuery(
          message == null ? "Assertion failed" : "Assertion failed: " + message);
    }
    return new StatementResult(statistics(StatementKind.ASSERT), 0, null);
  }

  private StatementResult dml(Translation dml) throws SQLException {
    TableId target = SqlCatalog.id(Objects.requireNonNull(dml.target(), "DML has a target"));
    Billing.Cost cost = billing.of(session(), dml);
    boolean exclusive = dml.kind() != StatementKind.INSERT;
    if (exclusive) {
      streaming.checkSettled(catalog.table(session(), target));
    }
    DmlRunner runner = new DmlRunner(catalog, query);
    DmlCounts counts;
    if (transaction == null) {
      counts = turns.take(session(), target, exclusive, () -> runner.run(dml, target));
    } else {
      if (exclusive) {
        transaction.claim(target);
      }
      counts = claimed(runner, dml, target);
    }
    query.counted(counts.affected());
    ObjectNode statistics = statistics(dml.kind());
    cost.into(statistics);
    counts.into(statistics);
    return new StatementResult(statistics, cost.bytes(), null);
  }

  private static DmlCounts claimed(DmlRunner runner, Translation dml, TableId target)
      throws SQLException {
    try {
      return runner.run(dml, target);
    } catch (SQLException e) {
      throw Failures.of(e, target);
    }
  }

  private StatementResult ddl(SqlStatement statement) throws SQLException {
    if (transaction != null) {
      throw JobFailure.invalidQuery(
          "DDL statement " + statement.kind() + " is not supported inside a transaction");
    }
    Translation ddl = query.translate(statement);
    Billing.Cost cost = billing.of(session(), ddl);
    ObjectNode statistics = statistics(ddl.kind());
    cost.into(statistics);
    DdlRunner runner = new DdlRunner(catalog, query);
    if (ddl.target() == null) {
      session().atomically(() -> runner.run(ddl, statistics));
    } else {
      TableId target = SqlCatalog.id(ddl.target());
      turns.take(session(), target, true, () -> runner.run(ddl, statistics));
    }
    return new StatementResult(statistics, cost.bytes(), null);
  }

  /** Undoes a transaction that was begun and not ended. */
  @Override
  public void close() {
    TableLocks.Owner open = transaction;
    if (open != null) {
      transaction = null;
      session().rollback();
      open.release(false);
    }
  }
}
