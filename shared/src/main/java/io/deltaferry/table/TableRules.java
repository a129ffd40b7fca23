package io.deltaferry.table;

import io.deltaferry.config.Section;
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
    rules.slices();
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

  private void conversions() {
    table
        .conversions()
        .forEach(
            (column, policy) -> {
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
