package io.deltaferry.cli.manifest;

import io.deltaferry.cli.discover.EntryNames;
import io.deltaferry.cli.draft.EntryDraft;
import io.deltaferry.cli.draft.EntryDraft.Setting;
import io.deltaferry.table.SourceTable;
import io.deltaferry.table.SyncMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Converts one table of a manifest, and says what of it cannot be carried over. */
final class ConvertTable {
  private static final String BY_ID = "load_by_id";

  /** The column that tells the pipeline's loads apart. */
  private static final String TASK = "_task_instance";

  private final Manifest.Table table;
  private final Surroundings surroundings;
  private final List<String> lost = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private final List<Setting> settings = new ArrayList<>();
  private boolean works = true;

  private ConvertTable(Manifest.Table table, Surroundings surroundings) {
    this.table = table;
    this.surroundings = surroundings;
  }

  /**
   * What the whole manifest says.
   *
   * @param database that the table file reads; tables of others are not its own
   * @param dataset of targets that name none
   * @param columns of a table as the database has it; empty when nobody looked, or there is none
   */
  record Surroundings(
      String database, String dataset, Function<SourceTable, Optional<List<String>>> columns) {}

  /**
   * The entry.
   *
   * @param lost what was not carried over, for whoever converts
   */
  record Converted(EntryDraft entry, List<String> lost) {}

  static Converted of(Manifest.Table table, Surroundings surroundings) {
    return new ConvertTable(table, surroundings).convert();
  }

  private Converted convert() {
    lost.addAll(table.unknown());
    String query = table.value(ReadManifest.QUERY, "");
    String filtering = table.value("additional_filtering", "");
    boolean timed = TimeWindow.isIn(query) || TimeWindow.isIn(filtering);
    String type = table.value("incremental_type", "");
    Select select = Select.parse(query).orElse(null);
    if (table.values().containsKey("import_query_params")) {
      refuse("import_query_params: write the values into the query");
    }
    if (!surroundings
        .database()
        .equals(table.value(ReadManifest.DATABASE, surroundings.database()))) {
      refuse("it lies in another database (import_db), which needs a table file of its own");
    }
    if (select == null) {
      unparsed(query, filtering, timed);
    } else {
      parsed(select, filtering, timed, type.equals(BY_ID));
    }
    target();
    List<String> above = new ArrayList<>(notes);
    lost.forEach(what -> above.add("not carried over: " + what));
    return new Converted(
        new EntryDraft(EntryNames.legal(table.name()), above, settings, works), lost);
  }

  private void unparsed(String query, String filtering, boolean timed) {
    settings.add(Setting.lines("query", query.strip().replaceFirst(";$", "")));
    if (timed) {
      refuse("the window of time is not in the WHERE of a plain SELECT; name the cursor yourself");
    }
    if (!filtering.isEmpty()) {
      refuse("additional_filtering, since the query is no plain SELECT; write it into the query");
    }
    mode(false);
  }

  private void parsed(Select select, String filtering, boolean timed, boolean byId) {
    TimeWindow window = TimeWindow.of(conditions(select, filtering));
    window.odd().forEach(condition -> refuse("the condition " + condition));
    if (!select.rest().isEmpty() && !select.isOrderedOnly()) {
      refuse(
          "a query that also groups, limits, locks or joins results; decide whether each run may"
              + " copy what it finds");
    }
    Select kept =
        new Select(
            select.items(),
            select.from(),
            timed
                ? window.others().stream().map(ConvertTable::unescaped).toList()
                : window.others(),
            select.isOrderedOnly() ? "" : select.rest());
    if (kept.hasPlaceholder()) {
      refuse(
          "a placeholder outside the conditions; write the query without it and name the cursor"
              + " yourself");
    }
    ConvertRows rows = ConvertRows.of(kept, window.cursor(), key(), surroundings.columns());
    settings.addAll(rows.settings());
    notes.addAll(rows.notes());
    rows.refusals().forEach(this::refuse);
    if (byId && window.cursor() == null) {
      notes.add("incremental_type: load_by_id sees rows that are added, and none that are changed");
    }
    mode(timed || byId);
    String cursor =
        byId && window.cursor() == null
            ? KeyText.of(table.value(ReadManifest.KEY, "")).columns().stream()
                .findFirst()
                .orElse(null)
            : window.cursor();
    if (cursor != null) {
      settings.add(Setting.of("cursor", cursor));
    }
  }

  private static List<String> conditions(Select select, String filtering) {
    String more = filtering.replaceFirst("(?i)^(?:and|where)\\b", "").strip();
    String own = String.join(" AND ", select.where());
    if (more.isEmpty()) {
      return select.where();
    }
    return Select.conditions(own.isEmpty() ? more : own + " AND " + more);
  }

  /** The pipeline formats such a query, which makes one brace of two. */
  private static String unescaped(String condition) {
    return condition.replace("{{", "{").replace("}}", "}");
  }

  private KeyText key() {
    return KeyText.of(table.value("export_table_composite_key", table.value(ReadManifest.KEY, "")));
  }

  private void mode(boolean incremental) {
    KeyText key = key();
    if (key.columns().isEmpty()) {
      String what = "the key, which is no list of columns";
      if (incremental) {
        refuse(what);
      } else {
        lost.add(what);
      }
    } else {
      Setting setting = Setting.of("key", key.columns());
      settings.add(incremental ? setting : setting.off());
      if (key.glued()) {
        notes.add("the key was an expression over these columns");
      }
    }
    if (!incremental) {
      notes.add("no window of time: each run adds a copy of all rows (mode: replace keeps one)");
      settings.add(Setting.of("mode", SyncMode.APPEND.word()));
    }
  }

  private void target() {
    if (table.value("advanced_metadata", "").equals("true")) {
      settings.add(Setting.of("run_id_column", TASK));
    }
    String exported = table.value(ReadManifest.EXPORT_TABLE, table.name());
    String dataset = table.value("export_schema", surroundings.dataset());
    if (!dataset.equals(surroundings.dataset())) {
      settings.add(Setting.of("target", dataset + "." + exported));
    } else if (!exported.equals(EntryNames.legal(table.name()))) {
      settings.add(Setting.of("target", exported));
    }
  }

  private void refuse(String what) {
    lost.add(what);
    works = false;
  }
}
