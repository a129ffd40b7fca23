package io.deltaferry.table;

import java.util.List;

/** Every key a table file may hold, section by section. */
final class TableKeys {
  static final List<String> FILE =
      List.of("source", "target", "bucket", "topic_prefix", "hash_key", "defaults", "tables");

  static final List<String> SOURCE =
      List.of(
          "url",
          "alloydb",
          "cloudsql",
          "database",
          "user",
          "password",
          "iam_auth",
          "properties",
          "max_sessions");

  /** Of a secret that lies elsewhere. */
  static final List<String> SECRET = List.of("secret");

  static final List<String> BACKFILL = List.of("column", "period", "order");

  static final List<String> TARGET =
      List.of("project", "dataset", "staging_dataset", "control_dataset", "location");

  /** What {@code defaults} may set for all tables. */
  static final List<String> DEFAULTS =
      List.of(
          "cursor",
          "mode",
          "window",
          "fuzzy",
          "backfill",
          "priority",
          "schedule",
          "lateness",
          "strict",
          "stamped_by",
          "cursor_time_zone",
          "clock_margin",
          "id_lateness",
          "max_replica_lag",
          "unknown_types",
          "part_bytes",
          "slice_rows",
          "parallel_slices",
          "extract_in",
          "run_expiry",
          "max_lag",
          "on_new_column",
          "on_schema_change",
          "run_id_column",
          "reconcile",
          "view");

  static final List<String> TABLE =
      List.of(
          "source",
          "query",
          "target",
          "key",
          "cursor",
          "mode",
          "window",
          "fuzzy",
          "backfill",
          "change_log",
          "filter",
          "exclude",
          "hash",
          "include",
          "priority",
          "schedule",
          "lateness",
          "strict",
          "stamped_by",
          "cursor_time_zone",
          "clock_margin",
          "id_lateness",
          "max_replica_lag",
          "conversions",
          "columns",
          "unknown_types",
          "assume_unique",
          "part_bytes",
          "slice_rows",
          "parallel_slices",
          "slices",
          "extract_in",
          "run_expiry",
          "max_lag",
          "on_new_column",
          "on_schema_change",
          "run_id_column",
          "reconcile",
          "view",
          "partition_by",
          "cluster_by",
          "require_partition_filter",
          "labels",
          "descriptions");

  /** What {@code columns} may say of one column. */
  static final List<String> COLUMN =
      List.of(
          "convert",
          "rename",
          "type",
          "out_of_range",
          "numeric_overflow",
          "json",
          "arrays",
          "interval");

  private TableKeys() {}
}
