package io.deltaferry.cli.manifest;

import io.deltaferry.cli.draft.EntryDraft.Setting;
import io.deltaferry.table.SourceTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What says which rows and columns an entry has: {@code source} where all columns of one table are
 * known, else the query itself. A column that a query leaves out may be a secret, so it is never
 * copied for lack of knowing.
 *
 * @param refusals why a run of it could not succeed
 */
record ConvertRows(List<Setting> settings, List<String> notes, List<String> refusals) {
  private static final String USUAL_SCHEMA = "public";

  /**
   * The settings.
   *
   * @param select without its window of time
   * @param cursor that the window bounded, or null
   * @param columns as in {@link ConvertTable.Surroundings}
   */
  static ConvertRows of(
      Select select,
      @Nullable String cursor,
      KeyText key,
      Function<SourceTable, Optional<List<String>>> columns) {
    Optional<SourceTable> source = select.table().map(ConvertRows::source);
    if (source.isPresent() && select.isEverything()) {
      return new ConvertRows(ofTable(source.get(), select), List.of(), List.of());
    }
    Optional<List<String>> wanted = select.columns();
    Optional<List<String>> present = wanted.isEmpty() ? Optional.empty() : source.flatMap(columns);
    if (source.isEmpty() || present.isEmpty()) {
      return query(select, cursor, wanted);
    }
    List<String> needed = new ArrayList<>(key.columns());
    needed.add(cursor == null ? "" : cursor);
    return listed(source.get(), select, cursor, needed, present.get());
  }

  /** A list of all columns is no source: that would also hold whatever column is added next. */
  private static ConvertRows listed(
      SourceTable source,
      Select select,
      @Nullable String cursor,
      List<String> needed,
      List<String> present) {
    List<String> others = new ArrayList<>(present);
    others.removeAll(select.columns().orElseThrow());
    List<String> added = others.stream().filter(needed::contains).toList();
    others.removeAll(added);
    ConvertRows rows;
    if (others.isEmpty()) {
      Select all = select.with(added);
      rows = query(all, cursor, all.columns());
    } else {
      List<Setting> settings = ofTable(source, select);
      settings.add(Setting.of("exclude", others));
      rows = new ConvertRows(settings, List.of(), List.of());
    }
    return added.isEmpty()
        ? rows
        : rows.noting(
            "the query left out %s, which key or cursor need".formatted(String.join(", ", added)));
  }

  private ConvertRows noting(String note) {
    List<String> more = new ArrayList<>(notes);
    more.add(note);
    return new ConvertRows(settings, more, refusals);
  }

  private static SourceTable source(List<String> path) {
    return path.size() == 1
        ? new SourceTable(USUAL_SCHEMA, path.get(0))
        : new SourceTable(path.get(0), path.get(1));
  }

  private static List<Setting> ofTable(SourceTable source, Select select) {
    List<Setting> settings = new ArrayList<>();
    settings.add(Setting.of("source", source.toString()));
    if (!select.where().isEmpty()) {
      settings.add(Setting.lines("filter", String.join("\nAND ", select.where())));
    }
    return settings;
  }

  private static ConvertRows query(
      Select select, @Nullable String cursor, Optional<List<String>> wanted) {
    List<String> notes = new ArrayList<>();
    List<String> refusals = new ArrayList<>();
    if (cursor != null && !select.selects(cursor)) {
      refusals.add("the window of time over " + cursor + ", which the query does not select");
    }
    Select once = select;
    if (wanted.isPresent() && wanted.get().size() < select.items().size()) {
      notes.add("a column that stood twice in the query stands once");
      once = select.withEachItemOnce();
    }
    return new ConvertRows(List.of(Setting.lines("query", once.sql())), notes, refusals);
  }
}
