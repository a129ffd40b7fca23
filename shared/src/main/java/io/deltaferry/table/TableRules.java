package io.deltaferry.table;

import io.deltaferry.config.Section;
import io.deltaferry.type.ColumnSettings;
import io.deltaferry.type.LossPolicy;

/** What the settings of one table must be to each other. */
final class TableRules {
  private final TableConfig table;
  private final Section section;

  private TableRules(TableConfig table, Section section) {
    this.table = table;
    this.section = section;
  }

  /** Notes every rule the table breaks. */
  static void check(TableConfig table, Section section) {
    TableRules rules = new TableRules(table, section);
    rules.cursor();
    rules.key();
    rules.conversions();
    table.columns().forEach(rules::column);
    rules.slices();
    rules.reconcile();
    rules.view();
    rules.shape();
    rules.runIdColumn();
    ChangeLogReader.check(table, section);
  }

  private void cursor() {
    if (table.mode().needsCursor() && table.cursor() == null && !section.has("cursor")) {
      section.problem(
          "cursor",
          "is missing; %s needs the column that grows with every change"
              .formatted(table.mode().word()));
    }
    if (table.mode() == SyncMode.WINDOW
        && table.modes().window() == null
        && !section.has("window")) {
      section.problem("window", "is missing; say how long a window each run reads, as in 2d");
    }
    if (table.mode() == SyncMode.BACKFILL
        && table.cursor() == null
        && table.modes().backfill().column() == null) {
      section.problem(
          "backfill", "is missing; name a date or a time of the rows, as in {column: created_at}");
    }
    if (table.mode() != SyncMode.WINDOW && section.has("window")) {
      section.problem("window", "has no use without mode: window");
    }
  }

  private void key() {
    if (section.has("query") && !section.has("key") && table.mode().needsKey()) {
      section.problem("key", "is missing; a query has no primary key to take from the catalog");
    }
    if (table.assumeUnique() && !section.has("key")) {
      section.problem("assume_unique", "needs 'key': the columns to be assumed unique");
    }
  }

  private void slices() {
    if (section.has("slices") && table.extractIn() == ExtractIn.JOB) {
      section.problem("slices", "has no use with extract_in: job, which reads all rows at once");
    }
  }

  private void column(String column, ColumnSettings settings) {
    String key = "columns." + column;
    if (table.privacy().exclude().contains(column)) {
      section.problem(key, "is excluded");
    }
    if (table.conversions().containsKey(column) && settings.hasPolicy()) {
      section.problem(key, "has a policy here and in 'conversions'; leave one of them out");
    }
    if (settings.outOfRange() != null && settings.numericOverflow() != null) {
      section.problem(key, "is no number and a time at once; leave one of its policies out");
    }
    boolean changed =
        settings.convert() != null
            || settings.numericOverflow() != null
            || settings.outOfRange() == LossPolicy.CLAMP
            || settings.outOfRange() == LossPolicy.NULL;
    if (table.key().contains(column) && changed) {
      section.problem(key, "is a key column: keys are never changed");
    }
    if (column.equals(table.cursor()) && !settings.keepsTheType()) {
      section.problem(key, "is the cursor, which travels as it is; it can only be renamed");
    }
    if (column.equals(table.modes().backfill().column()) && settings.convert() != null) {
      section.problem(
          "columns",
          "'%s' is the column that the backfill goes by, whose days have to be the source's own"
              .formatted(column));
    }
  }

  /** The source's own columns are not known here. */
  private void runIdColumn() {
    String runId = table.runIdColumn();
    table
        .columns()
        .forEach(
            (column, settings) -> {
              if (runId != null && runId.equalsIgnoreCase(settings.rename())) {
                section.problem(
                    "columns",
                    "'%s' is renamed to the run_id_column; give it another name".formatted(column));
              }
            });
  }

  private void reconcile() {
    if (table.mode() == SyncMode.RECONCILE) {
      section.problem(
          "mode",
          "reconcile brings no rows: name the mode that does, and when to reconcile in"
              + " reconcile: {schedule: ..}");
    }
    boolean asked = section.has("reconcile") || table.reconcile().schedule() != null;
    if (asked && section.has("query") && !section.has("key") && !table.mode().needsKey()) {
      section.problem("key", "is missing; reconcile finds deleted rows by their key");
    }
    if (table.mode() == SyncMode.APPEND
        && table.reconcile().deletes() == ReconcileSettings.Deletes.HARD) {
      section.problem(
          "reconcile",
          "deletes: hard would take rows out of the copies that append keeps; use soft");
    }
  }

  private void view() {
    if (section.has("view") && table.view() && table.viewKind().isEmpty()) {
      section.problem(
          "view",
          "has no use with deletes: hard, which takes deleted rows out of the target itself");
    }
  }

  private void shape() {
    for (String column : table.shape().columns()) {
      if (table.privacy().exclude().contains(column)) {
        section.problem(
            "exclude",
            "'%s' is a column by which the target is partitioned or clustered".formatted(column));
      }
    }
  }

  private void conversions() {
    table
        .conversions()
        .forEach(
            (column, policy) -> {
              if (column.equals(table.cursor())
                  && (policy == LossPolicy.STRING || policy == LossPolicy.NULL)) {
                section.problem(
                    "conversions",
                    "'%s' is the cursor, whose order text and NULL have not; use 'fail' or 'clamp'"
                        .formatted(column));
              }
              if (table.key().contains(column)
                  && (policy == LossPolicy.CLAMP || policy == LossPolicy.NULL)) {
                section.problem(
                    "conversions",
                    "'%s' is a key column: keys are never changed; use 'fail' or 'string'"
                        .formatted(column));
              }
            });
  }
}
