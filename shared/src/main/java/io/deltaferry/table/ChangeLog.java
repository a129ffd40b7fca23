package io.deltaferry.table;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A table of the source in which each change of another one leaves an entry.
 *
 * @param table with the entries
 * @param id column with numbers that grow from entry to entry
 * @param key columns that hold the key of the row that changed, in the order of that key
 * @param action column that says what was done with the row
 * @param time column that says when, or null
 * @param contentType which entries are about the table, where the log is shared; null for all
 * @param changedFields column that names the fields that changed, or null
 * @param watch columns whose changes count; empty for all
 * @param actions what the words of the action column mean
 */
public record ChangeLog(
    SourceTable table,
    String id,
    List<String> key,
    String action,
    @Nullable String time,
    @Nullable ContentType contentType,
    @Nullable String changedFields,
    List<String> watch,
    Actions actions) {
  public ChangeLog {
    key = List.copyOf(key);
    watch = List.copyOf(watch);
  }

  /** The entries whose column shows that value, as text. */
  public record ContentType(String column, String value) {}

  /** The words of the action column, in lower case. */
  public record Actions(List<String> added, List<String> changed, List<String> deleted) {
    /** Those of Django's admin log, of audit triggers, and of programs written by hand. */
    public static final Actions USUAL =
        new Actions(
            List.of("1", "i", "insert", "inserted", "c", "create", "created", "add", "added"),
            List.of("2", "u", "update", "updated", "change", "changed", "modify", "modified"),
            List.of("3", "d", "delete", "deleted", "remove", "removed"));

    public Actions {
      added = lower(added);
      changed = lower(changed);
      deleted = lower(deleted);
    }

    private static List<String> lower(List<String> words) {
      return words.stream().map(word -> word.toLowerCase(Locale.ROOT)).toList();
    }

    /** All of them. */
    public List<String> words() {
      return Stream.of(added, changed, deleted).flatMap(List::stream).toList();
    }

    /** Those that mean two things. */
    Set<String> ambiguous() {
      List<String> all = words();
      return all.stream()
          .filter(word -> all.indexOf(word) != all.lastIndexOf(word))
          .collect(Collectors.toSet());
    }
  }

  /** The columns that the log has to have. */
  public List<String> columns() {
    Stream<String> always = Stream.concat(Stream.of(id, action), key.stream());
    Stream<String> perhaps =
        Stream.of(
                Stream.ofNullable(time),
                Stream.ofNullable(contentType).map(ContentType::column),
                Stream.ofNullable(changedFields))
            .flatMap(column -> column);
    return Stream.concat(always, perhaps).distinct().toList();
  }
}
