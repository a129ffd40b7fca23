package io.deltaferry.localgcp.bigquery.sql.syntax;

import io.deltaferry.localgcp.bigquery.sql.syntax.Query.Source;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A parsed statement. */
public sealed interface Statement {
  /** A table path, split at dots. */
  record Target(List<String> names, @Nullable String alias, Position position) {
    public Target {
      names = List.copyOf(names);
    }
  }

  /** A query. */
  record Select(Query query) implements Statement {}

  /** INSERT; exactly one of {@code rows} and {@code query} says something. */
  record Insert(Target target, List<String> columns, List<List<Expr>> rows, @Nullable Query query)
      implements Statement {
    public Insert {
      columns = List.copyOf(columns);
      rows = List.copyOf(rows);
    }
  }

  /** {@code SET column.. = value}. */
  record Assignment(List<String> column, Expr value, Position position) {
    public Assignment {
      column = List.copyOf(column);
    }
  }

  /** UPDATE. */
  record Update(Target target, List<Assignment> assignments, @Nullable Source from, Expr where)
      implements Statement {
    public Update {
      assignments = List.copyOf(assignments);
    }
  }

  /** DELETE. */
  record Delete(Target target, Expr where) implements Statement {}

  /** MERGE. */
  record Merge(Target target, Source source, Expr on, List<When> whens) implements Statement {
    public Merge {
      whens = List.copyOf(whens);
    }
  }

  /** When a clause of a MERGE applies. */
  enum Matching {
    MATCHED,
    NOT_MATCHED_BY_TARGET,
    NOT_MATCHED_BY_SOURCE
  }

  /** One WHEN clause. */
  record When(Matching matching, @Nullable Expr condition, MergeAction action) {}

  /** What a WHEN clause does. */
  sealed interface MergeAction {}

  /** THEN UPDATE SET. */
  record MergeUpdate(List<Assignment> assignments) implements MergeAction {
    public MergeUpdate {
      assignments = List.copyOf(assignments);
    }
  }

  /** THEN DELETE. */
  record MergeDelete() implements MergeAction {}

  /** THEN INSERT; {@code values} is null for ROW. */
  record MergeInsert(List<String> columns, @Nullable List<Expr> values) implements MergeAction {
    public MergeInsert {
      columns = List.copyOf(columns);
    }
  }

  /** TRUNCATE TABLE. */
  record Truncate(Target target) implements Statement {}

  /** ASSERT. */
  record Assert(Expr condition, @Nullable String message) implements Statement {}

  /** BEGIN, COMMIT, ROLLBACK. */
  record Transaction(String verb) implements Statement {}

  /** {@code name = value} of an OPTIONS list. */
  record Option(String name, Expr value, Position position) {}

  /** A column of a CREATE TABLE or ALTER TABLE. */
  record ColumnSpec(
      String name,
      TypeName type,
      boolean required,
      @Nullable Expr defaultValue,
      @Nullable String defaultSql,
      List<Option> options,
      Position position) {
    public ColumnSpec {
      options = List.copyOf(options);
    }
  }

  /** CREATE TABLE; {@code like} and {@code copy} exclude each other. */
  record CreateTable(
      Target target,
      boolean orReplace,
      boolean ifNotExists,
      List<ColumnSpec> columns,
      List<String> primaryKey,
      @Nullable Target like,
      @Nullable Target copy,
      @Nullable Expr partitionBy,
      List<Expr> clusterBy,
      List<Option> options,
      @Nullable Query query)
      implements Statement {
    public CreateTable {
      columns = List.copyOf(columns);
      primaryKey = List.copyOf(primaryKey);
      clusterBy = List.copyOf(clusterBy);
      options = List.copyOf(options);
    }
  }

  /** CREATE VIEW; {@code sql} is the query as written. */
  record CreateView(
      Target target,
      boolean orReplace,
      boolean ifNotExists,
      List<String> columns,
      List<Option> options,
      Query query,
      String sql)
      implements Statement {
    public CreateView {
      columns = List.copyOf(columns);
      options = List.copyOf(options);
    }
  }

  /** CREATE SCHEMA. */
  record CreateSchema(Target target, boolean ifNotExists, List<Option> options)
      implements Statement {
    public CreateSchema {
      options = List.copyOf(options);
    }
  }

  /** DROP; what is TABLE, VIEW or SCHEMA. */
  record Drop(String what, Target target, boolean ifExists, boolean cascade) implements Statement {}

  /** ALTER TABLE. */
  record AlterTable(Target target, boolean ifExists, List<AlterAction> actions)
      implements Statement {
    public AlterTable {
      actions = List.copyOf(actions);
    }
  }

  /** One action of an ALTER TABLE. */
  sealed interface AlterAction {}

  /** ADD COLUMN. */
  record AddColumn(ColumnSpec column, boolean ifNotExists) implements AlterAction {}

  /** DROP COLUMN. */
  record DropColumn(String name, boolean ifExists) implements AlterAction {}

  /** RENAME COLUMN. */
  record RenameColumn(String name, String to) implements AlterAction {}

  /** RENAME TO. */
  record RenameTo(String table) implements AlterAction {}

  /** ALTER COLUMN .. SET DATA TYPE. */
  record SetDataType(String name, boolean ifExists, TypeName type, Position position)
      implements AlterAction {}

  /** ALTER COLUMN .. DROP NOT NULL. */
  record DropNotNull(String name, boolean ifExists, Position position) implements AlterAction {}

  /** SET OPTIONS. */
  record SetOptions(List<Option> options) implements AlterAction {
    public SetOptions {
      options = List.copyOf(options);
    }
  }
}
