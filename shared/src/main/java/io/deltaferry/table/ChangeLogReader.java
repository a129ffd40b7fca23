package io.deltaferry.table;

import io.deltaferry.config.Section;
import io.deltaferry.config.Setting;
import io.deltaferry.table.ChangeLog.Actions;
import io.deltaferry.table.ChangeLog.ContentType;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads a table's group {@code change_log}. */
final class ChangeLogReader {
  static final List<String> KEYS =
      List.of(
          "table",
          "id",
          "key",
          "action",
          "time",
          "content_type",
          "changed_fields",
          "watch",
          "actions");

  private static final List<String> CONTENT_TYPE = List.of("column", "value");
  private static final List<String> ACTIONS = List.of("added", "changed", "deleted");
  private static final String GROUP = "change_log";
  private static final SourceTable NOTHING = new SourceTable("", "");

  private final Section group;

  private ChangeLogReader(Section group) {
    this.group = group;
  }

  /** The log; null without the group. Where a problem was noted, its parts are empty text. */
  static @Nullable ChangeLog read(Section table) {
    return table.section(GROUP).map(group -> new ChangeLogReader(group).read()).orElse(null);
  }

  private ChangeLog read() {
    group.refuseOthers(KEYS);
    ChangeLog log =
        new ChangeLog(
            group
                .requiredText("table", "name the table with the log's entries")
                .flatMap(SourceTable::read)
                .orElse(NOTHING),
            column("id").orElse("id"),
            key(),
            group
                .requiredText("action", "name the column that says what was done with a row")
                .flatMap(ColumnNames::one)
                .orElse(""),
            column("time").orElse(null),
            group.section("content_type").map(ChangeLogReader::contentType).orElse(null),
            column("changed_fields").orElse(null),
            ColumnNames.list(group, "watch"),
            group.section("actions").map(ChangeLogReader::actions).orElse(Actions.USUAL));
    watched();
    ambiguous(log.actions());
    return log;
  }

  private Optional<String> column(String key) {
    return group.text(key).flatMap(ColumnNames::one);
  }

  /** One column, or a list of them. */
  private List<String> key() {
    if (group.holdsList("key")) {
      return ColumnNames.list(group, "key");
    }
    return group
        .requiredText("key", "name the column, or the columns, with the key of the row")
        .flatMap(ColumnNames::one)
        .map(List::of)
        .orElse(List.of());
  }

  private static ContentType contentType(Section section) {
    section.refuseOthers(CONTENT_TYPE);
    return new ContentType(
        section
            .requiredText("column", "name the column that says which table an entry is about")
            .flatMap(ColumnNames::one)
            .orElse(""),
        section
            .requiredText("value", "say what it shows for this table")
            .map(Setting::value)
            .orElse(""));
  }

  private static Actions actions(Section section) {
    section.refuseOthers(ACTIONS);
    return new Actions(
        words(section, "added", Actions.USUAL.added()),
        words(section, "changed", Actions.USUAL.changed()),
        words(section, "deleted", Actions.USUAL.deleted()));
  }

  private static List<String> words(Section section, String key, List<String> usual) {
    return section
        .texts(key)
        .map(given -> given.stream().map(Setting::value).toList())
        .orElse(usual);
  }

  private void watched() {
    if (group.has("watch") && !group.has("changed_fields")) {
      group.problem("watch", "needs 'changed_fields': the column that says what has changed");
    }
    if (group.has("changed_fields") && !group.has("watch")) {
      group.problem("changed_fields", "has no use without 'watch': the columns that count");
    }
  }

  private void ambiguous(Actions actions) {
    if (!actions.ambiguous().isEmpty()) {
      group.problem("actions", "says two things of one word; list each word once");
    }
  }

  /** What the log and the rest of its table must be to each other. */
  static void check(TableConfig table, Section section) {
    boolean driven = table.mode() == SyncMode.CHANGE_LOG;
    ChangeLog log = table.modes().changeLog();
    if (driven && log == null && !section.has(GROUP)) {
      section.problem(
          GROUP,
          "is missing; name the log, as in {table: public.audit, key: object_id, action: action}");
    }
    if (!driven && section.has(GROUP)) {
      section.problem(GROUP, "has no use without mode: change_log");
    }
    if (driven && section.has("slices")) {
      section.problem("slices", "has no use with mode: change_log, whose slices go by the key");
    }
    if (log != null && !table.key().isEmpty() && table.key().size() != log.key().size()) {
      section.problem(
          GROUP,
          "'key' has %d columns, and the table's key has %d; list one for each, in that order"
              .formatted(log.key().size(), table.key().size()));
    }
  }
}
