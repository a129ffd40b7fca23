package io.deltaferry.localgcp.bigquery.sql.translate;

import io.deltaferry.localgcp.bigquery.sql.CatalogTable;
import io.deltaferry.localgcp.bigquery.sql.CatalogTable.CatalogColumn;
import io.deltaferry.localgcp.bigquery.sql.TableName;
import io.deltaferry.localgcp.bigquery.sql.syntax.Expr;
import io.deltaferry.localgcp.bigquery.sql.syntax.Query;
import io.deltaferry.localgcp.bigquery.sql.syntax.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes INSERT, UPDATE, DELETE, TRUNCATE and MERGE. */
final class Dml {
  private final Session session;
  private final TableName name;
  private final CatalogTable table;
  private final Statement.Target target;
  private final String alias;
  private final Assignments assignments;

  Dml(Session session, Statement.Target target) {
    this.session = session;
    this.target = target;
    this.name = session.name(target.names(), target.position());
    this.table = session.find(name, target.position());
    String given = target.alias();
    this.alias = given == null ? target.names().get(target.names().size() - 1) : given;
    this.assignments = new Assignments(table, target.position());
    if (table.view()) {
      throw target.position().refuse("Cannot modify the view " + name);
    }
  }

  TableName name() {
    return name;
  }

  String insert(Statement.Insert insert) {
    List<CatalogColumn> columns = assignments.columns(insert.columns());
    String head = "INSERT INTO " + name.duckName() + " (" + Assignments.names(columns) + ") ";
    Query query = insert.query();
    return head + (query == null ? values(insert.rows(), columns) : query(query, columns));
  }

  private String values(List<List<Expr>> rows, List<CatalogColumn> columns) {
    Expressions expressions = new Expressions(session, new Scope(null));
    return rows.stream()
        .map(row -> "(" + row(row, columns, expressions) + ")")
        .collect(Collectors.joining(", ", "VALUES ", ""));
  }

  private String row(List<Expr> row, List<CatalogColumn> columns, Expressions expressions) {
    if (row.size() != columns.size()) {
      throw wrongCount(columns.size(), row.size());
    }
    List<String> values = new ArrayList<>();
    for (int i = 0; i < row.size(); i++) {
      values.add(
          row.get(i) instanceof Expr.Default
              ? "DEFAULT"
              : assignments.value(expressions.write(row.get(i)), columns.get(i)));
    }
    return String.join(", ", values);
  }

  private io.deltaferry.localgcp.http.GoogleError wrongCount(int columns, int values) {
    return target
        .position()
        .refuse("Inserted row has wrong column count; Has " + values + ", expected " + columns);
  }

  private String query(Query query, List<CatalogColumn> columns) {
    Queries.Result result = new Queries(session).write(query, null);
    if (result.columns().size() != columns.size()) {
      throw wrongCount(columns.size(), result.columns().size());
    }
    return assignments.select(result, columns);
  }

  private Scope targetScope() {
    Scope scope = new Scope(null);
    scope.add(Relation.of(alias, alias, Sources.columns(table)), target.position());
    return scope;
  }

  private String aliased() {
    return name.duckName() + " AS " + DuckText.identifier(alias);
  }

  private void requireFilter(Expr condition) {
    PartitionFilters.check(
        new PartitionFilters.Read(table, alias, target.position()), List.of(condition));
  }

  String update(Statement.Update update) {
    requireFilter(update.where());
    Query.Source from = update.from();
    if (from != null) {
      return updateFrom(update, from);
    }
    Expressions expressions = new Expressions(session, targetScope());
    return "UPDATE "
        + aliased()
        + " SET "
        + assignments.set(update.assignments(), expressions, alias)
        + " WHERE "
        + expressions.condition(update.where(), "WHERE clause");
  }

  // DuckDB takes any of several matching rows; BigQuery refuses, and so does a MERGE.
  private String updateFrom(Statement.Update update, Query.Source from) {
    if (from instanceof Query.Join) {
      throw target.position().unsupported("UPDATE .. FROM with more than one source");
    }
    Scope scope = targetScope();
    String source = new Sources(session, scope, null).write(from);
    Expressions expressions = new Expressions(session, scope);
    return "MERGE INTO "
        + aliased()
        + " USING "
        + source
        + " ON "
        + expressions.condition(update.where(), "WHERE clause")
        + " WHEN MATCHED THEN UPDATE SET "
        + assignments.set(update.assignments(), expressions, alias);
  }

  String delete(Statement.Delete delete) {
    requireFilter(delete.where());
    Expressions expressions = new Expressions(session, targetScope());
    return "DELETE FROM "
        + aliased()
        + " WHERE "
        + expressions.condition(delete.where(), "WHERE clause");
  }

  String truncate() {
    return "DELETE FROM " + name.duckName();
  }

  String merge(Statement.Merge merge) {
    requireFilter(merge.on());
    Scope source = new Scope(null);
    String using = new Sources(session, source, null).write(merge.source());
    Scope both = targetScope();
    source.relations().forEach(relation -> both.add(relation, target.position()));
    source.hideFromSubqueries();
    both.hideFromSubqueries();
    StringBuilder sql = new StringBuilder("MERGE INTO " + aliased() + " USING " + using + " ON ");
    sql.append(new Expressions(session, both).condition(merge.on(), "MERGE ON clause"));
    for (Statement.When when : merge.whens()) {
      sql.append(when(when, both, source));
    }
    return sql.toString();
  }

  private String when(Statement.When when, Scope both, Scope source) {
    Scope scope =
        switch (when.matching()) {
          case MATCHED -> both;
          case NOT_MATCHED_BY_TARGET -> source;
          case NOT_MATCHED_BY_SOURCE -> targetScope();
        };
    scope.hideFromSubqueries();
    String matching =
        switch (when.matching()) {
          case MATCHED -> " WHEN MATCHED";
          case NOT_MATCHED_BY_TARGET -> " WHEN NOT MATCHED BY TARGET";
          case NOT_MATCHED_BY_SOURCE -> " WHEN NOT MATCHED BY SOURCE";
        };
    Expressions expressions = new Expressions(session, scope);
    @Nullable Expr condition = when.condition();
    String and = condition == null ? "" : " AND " + expressions.condition(condition, "WHEN clause");
    return matching + and + " THEN " + action(when.action(), expressions, source);
  }

  private String action(Statement.MergeAction action, Expressions expressions, Scope source) {
    if (action instanceof Statement.MergeUpdate update) {
      return "UPDATE SET " + assignments.set(update.assignments(), expressions, alias);
    }
    if (action instanceof Statement.MergeDelete) {
      return "DELETE";
    }
    Statement.MergeInsert insert = (Statement.MergeInsert) action;
    List<CatalogColumn> columns = assignments.columns(insert.columns());
    List<Expr> values = insert.values();
    String row = values == null ? sourceRow(source, columns) : row(values, columns, expressions);
    return "INSERT (" + Assignments.names(columns) + ") VALUES (" + row + ")";
  }

  private String sourceRow(Scope source, List<CatalogColumn> columns) {
    List<Relation.Column> values =
        source.relations().stream().flatMap(relation -> relation.columns().stream()).toList();
    if (values.size() != columns.size()) {
      throw wrongCount(columns.size(), values.size());
    }
    List<String> row = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      row.add(
          assignments.value(Typed.of(values.get(i).sql(), values.get(i).type()), columns.get(i)));
    }
    return String.join(", ", row);
  }
}
