package io.deltaferry.localgcp.bigquery.sql;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a DDL statement asks of the catalog. */
public sealed interface Definition {
  /**
   * A table's column.
   *
   * @param type GoogleSQL type without parameters lost, such as {@code NUMERIC(10, 2)} or {@code
   *     ARRAY<STRING>}
   * @param defaultSql GoogleSQL text of the default, or null
   */
  record Column(
      String name,
      String type,
      boolean required,
      @Nullable String defaultSql,
      @Nullable String description) {
    public Column {
      requireNonNull(name);
      requireNonNull(type);
    }
  }

  /**
   * How a table is partitioned.
   *
   * @param column null for ingestion time
   * @param granularity DAY, HOUR, MONTH, YEAR, or RANGE
   * @param range null unless the granularity is RANGE
   */
  record Partitioning(@Nullable String column, String granularity, @Nullable Range range) {
    public Partitioning {
      requireNonNull(granularity);
    }

    /** The end is exclusive, as in GENERATE_ARRAY's BigQuery reading. */
    public record Range(long start, long end, long interval) {}
  }

  /**
   * CREATE TABLE. Columns are empty for AS SELECT without a list, LIKE and COPY: read them from
   * DuckDB afterwards.
   *
   * @param options option name to value: String, Long, Double, Boolean, Instant, List of String,
   *     Map for labels
   * @param source the table of LIKE or COPY, or null
   */
  record CreateTable(
      TableName name,
      boolean orReplace,
      boolean ifNotExists,
      List<Column> columns,
      List<String> primaryKey,
      @Nullable Partitioning partitioning,
      List<String> clustering,
      Map<String, Object> options,
      @Nullable TableName source,
      boolean asSelect)
      implements Definition {
    public CreateTable {
      requireNonNull(name);
      columns = List.copyOf(columns);
      primaryKey = List.copyOf(primaryKey);
      clustering = List.copyOf(clustering);
      options = Map.copyOf(options);
    }
  }

  /** CREATE VIEW; the query is GoogleSQL as written, the columns what it yields. */
  record CreateView(
      TableName name,
      boolean orReplace,
      boolean ifNotExists,
      String query,
      Map<String, Object> options,
      List<Column> columns)
      implements Definition {
    public CreateView {
      requireNonNull(name);
      requireNonNull(query);
      options = Map.copyOf(options);
      columns = List.copyOf(columns);
    }
  }

  /** CREATE SCHEMA. */
  record CreateSchema(
      String project, String dataset, boolean ifNotExists, Map<String, Object> options)
      implements Definition {
    public CreateSchema {
      requireNonNull(project);
      requireNonNull(dataset);
      options = Map.copyOf(options);
    }
  }

  /** DROP TABLE or DROP VIEW. */
  record DropTable(TableName name, boolean view, boolean ifExists) implements Definition {
    public DropTable {
      requireNonNull(name);
    }
  }

  /** DROP SCHEMA. */
  record DropSchema(String project, String dataset, boolean ifExists, boolean cascade)
      implements Definition {
    public DropSchema {
      requireNonNull(project);
      requireNonNull(dataset);
    }
  }

  /** ALTER TABLE with its actions in order. */
  record AlterTable(TableName name, boolean ifExists, List<Action> actions) implements Definition {
    public AlterTable {
      requireNonNull(name);
      actions = List.copyOf(actions);
    }

    /** One action of an ALTER TABLE. */
    public sealed interface Action {}

    /** ADD COLUMN. */
    public record AddColumn(Column column, boolean ifNotExists) implements Action {}

    /** DROP COLUMN. */
    public record DropColumn(String name, boolean ifExists) implements Action {}

    /** RENAME COLUMN. */
    public record RenameColumn(String name, String to) implements Action {}

    /** RENAME TO, within the dataset. */
    public record RenameTo(String table) implements Action {}

    /**
     * ALTER COLUMN .. SET DATA TYPE.
     *
     * @param type with its parameters
     * @param conversion DuckDB text of the column's values in that type
     */
    public record SetDataType(String name, boolean ifExists, String type, String conversion)
        implements Action {}

    /** ALTER COLUMN .. DROP NOT NULL. */
    public record DropNotNull(String name, boolean ifExists) implements Action {}

    /**
     * SET OPTIONS; an option set to NULL is absent from {@code options} and listed in {@code
     * cleared}.
     */
    public record SetOptions(Map<String, Object> options, List<String> cleared) implements Action {
      public SetOptions {
        options = Map.copyOf(options);
        cleared = List.copyOf(cleared);
      }
    }
  }
}
