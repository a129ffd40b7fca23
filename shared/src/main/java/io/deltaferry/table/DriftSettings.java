package io.deltaferry.table;

import io.deltaferry.config.Section;

/**
 * What is done about a source whose columns are not the target's any more.
 *
 * @param onNewColumn about a column that the target lacks
 * @param onSchemaChange about one that the target cannot take
 */
public record DriftSettings(OnNewColumn onNewColumn, OnSchemaChange onSchemaChange) {
  public static final DriftSettings BUILT_IN =
      new DriftSettings(OnNewColumn.NULL, OnSchemaChange.RESYNC);

  /** What rows that are there already have in a new column. */
  public enum OnNewColumn {
    /** NULL, until they are merged again. */
    NULL,
    /** The source's value: the next run reads everything once. */
    BACKFILL
  }

  /** What becomes of a target that has a column in a type of another kind. */
  public enum OnSchemaChange {
    /** The next run reads everything and builds the table anew. */
    RESYNC,
    /** The run fails, and the target stays as it is. */
    FAIL
  }

  /** The settings of the section, each falling back to the given ones. */
  static DriftSettings read(Section section, DriftSettings fallback) {
    return new DriftSettings(
        word(section, "on_new_column", OnNewColumn.values(), fallback.onNewColumn),
        word(section, "on_schema_change", OnSchemaChange.values(), fallback.onSchemaChange));
  }

  /** A bare {@code null} is a word here. */
  private static <T extends Enum<T>> T word(Section section, String key, T[] values, T fallback) {
    return section.word(key).flatMap(setting -> Words.oneOf(setting, values)).orElse(fallback);
  }
}
