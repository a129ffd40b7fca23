package io.deltaferry.cli.manifest;

import io.deltaferry.cli.draft.EntryDraft;
import io.deltaferry.cli.draft.TableFileDraft;
import io.deltaferry.cli.draft.YamlText;
import io.deltaferry.cli.manifest.ConvertTable.Converted;
import io.deltaferry.cli.manifest.ConvertTable.Surroundings;
import io.deltaferry.table.SourceTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Converts a whole manifest. */
public final class ConvertManifest {
  private static final List<String> HEAD =
      List.of(
          "Converted by `deltaferry import-manifest`. Look it through before it is used, above all what",
          "was not carried over. An entry that cannot work yet is a comment.",
          "The windows of time became cursors: each run goes on where the last one ended, so hours and",
          "days of looking back are not needed.",
          "");

  private static final String SAME_NAME = "another entry has its name; give it one of its own";

  private ConvertManifest() {}

  /**
   * What came of it.
   *
   * @param lost what was not carried over, a line each
   */
  public record Result(TableFileDraft draft, List<String> lost) {}

  /**
   * The table file.
   *
   * @param columns of a table as the database has it; empty when nobody looked, or there is none
   */
  public static Result of(
      Manifest manifest, Function<SourceTable, Optional<List<String>>> columns) {
    String database = usual(manifest, ReadManifest.DATABASE, "");
    String schema = usual(manifest, "export_schema", "warehouse");
    String dataset = schema.replaceAll("[^A-Za-z0-9_]", "_");
    List<String> lost = new ArrayList<>(manifest.unknown());
    List<EntryDraft> entries = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Manifest.Table table : manifest.tables()) {
      Converted converted = ConvertTable.of(table, new Surroundings(database, schema, columns));
      List<String> said = new ArrayList<>(converted.lost());
      if (names.add(converted.entry().name().toLowerCase(Locale.ROOT))) {
        entries.add(converted.entry());
      } else {
        said.add(SAME_NAME);
        entries.add(converted.entry().failing(SAME_NAME));
      }
      said.forEach(what -> lost.add("tables." + table.name() + ": " + what));
    }
    Map<String, String> target = new LinkedHashMap<>();
    target.put("project", "my-project");
    target.put("dataset", YamlText.scalar(dataset));
    TableFileDraft draft =
        new TableFileDraft(
            HEAD,
            SourceOfManifest.of(manifest.connection(), lost),
            target,
            "my-project-deltas",
            entries,
            tail(manifest));
    return new Result(draft, lost);
  }

  /** The value that most tables have. */
  private static String usual(Manifest manifest, String key, String otherwise) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    for (Manifest.Table table : manifest.tables()) {
      counts.merge(table.value(key, otherwise), 1, Integer::sum);
    }
    return counts.entrySet().stream()
        .max(Map.Entry.comparingByValue())
        .map(Map.Entry::getKey)
        .orElse(otherwise);
  }

  private static List<String> tail(Manifest manifest) {
    Map<String, Integer> counts = new HashMap<>();
    manifest
        .tables()
        .forEach(
            table -> table.values().keySet().forEach(key -> counts.merge(key, 1, Integer::sum)));
    List<String> tail = new ArrayList<>();
    ManifestKeys.withoutCounterpart()
        .forEach(
            (key, reason) -> {
              int count = counts.getOrDefault(key, 0);
              if (count > 0) {
                tail.add(
                    "not carried over: %s of %d table%s: %s"
                        .formatted(key, count, count == 1 ? "" : "s", reason));
              }
            });
    return tail;
  }
}
