package io.deltaferry.table;

import io.deltaferry.config.Section;
import io.deltaferry.type.ColumnSettings;
import java.util.List;

/** What excluded and hashed columns must be to the other settings of their table. */
final class PrivacyRules {
  private final TableConfig table;
  private final Section section;

  private PrivacyRules(TableConfig table, Section section) {
    this.table = table;
    this.section = section;
  }

  /**
   * Notes every rule the table breaks.
   *
   * @param hasKey whether the file has a key to hash with
   */
  static void check(TableConfig table, Section section, boolean hasKey) {
    PrivacyRules rules = new PrivacyRules(table, section);
    rules.exclude();
    rules.hash(hasKey);
    rules.include();
    rules.backfill();
  }

  /** Its days lie in plans. */
  private void backfill() {
    String column = table.modes().backfill().column();
    if (column != null && table.privacy().hidesAny(List.of(column))) {
      section.problem("backfill", "'%s' is hidden, and so are its days".formatted(column));
    }
  }

  private void exclude() {
    for (String column : table.privacy().exclude()) {
      if (table.key().contains(column)) {
        section.problem("exclude", "'%s' is a key column and must be copied".formatted(column));
      }
      if (column.equals(table.cursor())) {
        section.problem("exclude", "'%s' is the cursor and must be copied".formatted(column));
      }
      if (table.conversions().containsKey(column)) {
        section.problem("conversions", "'%s' is excluded".formatted(column));
      }
    }
  }

  private void hash(boolean hasKey) {
    for (String column : table.privacy().hash()) {
      if (column.equals(table.cursor())) {
        section.problem("hash", "'%s' is the cursor, whose order a hash has not".formatted(column));
      }
      if (table.privacy().exclude().contains(column)) {
        section.problem("hash", "'%s' is excluded".formatted(column));
      }
      if (table.conversions().containsKey(column)) {
        section.problem("conversions", "'%s' is hashed, and so always text".formatted(column));
      }
      ColumnSettings settings = table.columns().get(column);
      if (settings != null && !settings.keepsTheType()) {
        section.problem("columns", "'%s' is hashed; it can only be renamed".formatted(column));
      }
    }
    if (!table.privacy().hash().isEmpty() && !hasKey) {
      section.problem("hash", "needs the top-level key 'hash_key': the secret to hash with");
    }
  }

  private void include() {
    for (String column : table.privacy().include()) {
      if (table.privacy().exclude().contains(column)) {
        section.problem("include", "'%s' is excluded".formatted(column));
      }
    }
    if (!table.privacy().include().isEmpty() && !table.privacy().isSet()) {
      section.problem("include", "has no use without 'exclude' or 'hash': all columns travel");
    }
  }
}
