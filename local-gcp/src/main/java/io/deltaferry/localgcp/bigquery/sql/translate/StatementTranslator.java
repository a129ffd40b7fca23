package io.deltaferry.localgcp.bigquery.sql.translate;

import io.deltaferry.localgcp.bigquery.sql.Definition;
import io.deltaferry.localgcp.bigquery.sql.SqlContext;
import io.deltaferry.localgcp.bigquery.sql.SqlStatement;
import io.deltaferry.localgcp.bigquery.sql.TableName;
import io.deltaferry.localgcp.bigquery.sql.Translation;
import io.deltaferry.localgcp.bigquery.sql.syntax.Script;
import io.deltaferry.localgcp.bigquery.sql.syntax.Statement;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One statement to DuckDB SQL. */
public final class StatementTranslator {
  private final SqlStatement source;
  private final Session session;

  /**
   * A translator of one statement.
   *
   * @param now what CURRENT_TIMESTAMP means in this statement
   * @param positionalBefore how many positional parameters earlier statements of the script used
   */
  public StatementTranslator(
      SqlStatement source, SqlContext context, int positionalBefore, Instant now) {
    this.source = source;
    this.session = new Session(context, positionalBefore, now);
  }

  /**
   * Writes the statement for DuckDB.
   *
   * @throws io.deltaferry.localgcp.http.GoogleError for what BigQuery or this endpoint refuses
   */
  public Translation translate() {
    Statement statement = Script.parse(source);
    if (statement instanceof Statement.Select select) {
      Queries.Result result = new Queries(session).write(select.query(), null);
      return translation(List.of(result.sql()), null, null, null, Ddl.output(result));
    } else if (statement instanceof Statement.Assert assertion) {
      String sql =
          new Expressions(session, new Scope(null)).condition(assertion.condition(), "ASSERT");
      return translation(List.of("SELECT " + sql), null, null, assertion.message(), List.of());
    } else if (statement instanceof Statement.Transaction transaction) {
      return translation(List.of(transaction.verb() + " TRANSACTION"), null, null, null, List.of());
    }
    return change(statement);
  }

  private Translation change(Statement statement) {
    if (statement instanceof Statement.Insert insert) {
      Dml dml = new Dml(session, insert.target());
      return changed(dml.insert(insert), dml.name());
    } else if (statement instanceof Statement.Update update) {
      Dml dml = new Dml(session, update.target());
      return changed(dml.update(update), dml.name());
    } else if (statement instanceof Statement.Delete delete) {
      Dml dml = new Dml(session, delete.target());
      return changed(dml.delete(delete), dml.name());
    } else if (statement instanceof Statement.Merge merge) {
      Dml dml = new Dml(session, merge.target());
      return changed(dml.merge(merge), dml.name());
    } else if (statement instanceof Statement.Truncate truncate) {
      Dml dml = new Dml(session, truncate.target());
      return changed(dml.truncate(), dml.name());
    }
    Ddl.Change change = definition(statement);
    return translation(change.statements(), change.target(), change.definition(), null, List.of());
  }

  private Ddl.Change definition(Statement statement) {
    if (statement instanceof Statement.CreateTable create) {
      return new Ddl(session).createTable(create);
    } else if (statement instanceof Statement.CreateView create) {
      return new Ddl(session).createView(create);
    } else if (statement instanceof Statement.CreateSchema create) {
      return new Ddl(session).createSchema(create);
    } else if (statement instanceof Statement.Drop drop) {
      return new Ddl(session).drop(drop);
    } else if (statement instanceof Statement.AlterTable alter) {
      return new AlterTables(session).write(alter);
    }
    throw new IllegalStateException("no translation for " + source.kind());
  }

  private Translation changed(String sql, TableName target) {
    return translation(List.of(sql), target, null, null, List.of());
  }

  private Translation translation(
      List<String> statements,
      @Nullable TableName target,
      @Nullable Definition definition,
      @Nullable String message,
      List<Definition.Column> output) {
    return new Translation(
        source.kind(),
        statements,
        session.bindings(),
        target,
        session.referenced(),
        definition,
        message,
        output);
  }
}
