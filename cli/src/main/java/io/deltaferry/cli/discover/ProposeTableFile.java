package io.deltaferry.cli.discover;

import io.deltaferry.cli.draft.EntryDraft;
import io.deltaferry.cli.draft.TableFileDraft;
import io.deltaferry.cli.draft.YamlText;
import io.deltaferry.table.CatalogTable;
import io.deltaferry.table.SourceTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Writes a table file for what a database holds; knows neither its login nor its rows. */
public final class ProposeTableFile {
  private static final List<String> HEAD =
      List.of(
          "Proposed by `deltaferry discover` from the catalog. Look it through before it is used,",
          "above all what begins with `warning`. An entry that cannot work yet is a comment.",
          "");

  /** Properties of a driver that say how to connect and can hold no secret. */
  private static final List<String> HARMLESS = List.of("ssl", "sslmode", "targetservertype");

  private ProposeTableFile() {}

  /**
   * Where it is to be kept equal.
   *
   * @param project null: a name to be replaced
   * @param dataset null: named after the database
   * @param bucket null: named after the project
   */
  public record Names(
      @org.jspecify.annotations.Nullable String project,
      @org.jspecify.annotations.Nullable String dataset,
      @org.jspecify.annotations.Nullable String bucket) {}

  /**
   * The proposal.
   *
   * @param jdbcUrl of the database, without a login
   * @param tables what it holds
   * @param others views and the like, which are named and not proposed
   */
  public static TableFileDraft of(
      String jdbcUrl, List<CatalogTable> tables, List<SourceTable> others, Names names) {
    List<String> entryNames = EntryNames.of(tables.stream().map(CatalogTable::name).toList());
    List<EntryDraft> entries = new ArrayList<>();
    for (int i = 0; i < tables.size(); i++) {
      entries.add(ProposeEntry.of(entryNames.get(i), tables.get(i)));
    }
    List<String> head = new ArrayList<>(HEAD);
    return new TableFileDraft(
        head, source(jdbcUrl, head), target(jdbcUrl, names), bucket(names), entries, tail(others));
  }

  private static Map<String, String> source(String jdbcUrl, List<String> head) {
    String[] parts = jdbcUrl.split("\\?", 2);
    List<String> kept = new ArrayList<>();
    List<String> dropped = new ArrayList<>();
    for (String property : parts.length == 1 ? new String[0] : parts[1].split("&")) {
      String name = property.split("=", 2)[0];
      if (HARMLESS.contains(name.toLowerCase(Locale.ROOT))) {
        kept.add(property);
      } else {
        dropped.add(name);
      }
    }
    if (!dropped.isEmpty()) {
      head.add("Left out of the URL, since they may be secret: " + String.join(", ", dropped));
    }
    Map<String, String> source = new LinkedHashMap<>();
    source.put(
        "url",
        YamlText.scalar(kept.isEmpty() ? parts[0] : parts[0] + "?" + String.join("&", kept)));
    source.put("user", TableFileDraft.USER);
    source.put("password", TableFileDraft.PASSWORD);
    return source;
  }

  private static Map<String, String> target(String jdbcUrl, Names names) {
    String path = jdbcUrl.split("\\?", 2)[0];
    String database = path.substring(path.lastIndexOf('/') + 1);
    Map<String, String> target = new LinkedHashMap<>();
    target.put("project", YamlText.scalar(project(names)));
    target.put(
        "dataset",
        YamlText.scalar(
            names.dataset() == null ? database.replaceAll("[^A-Za-z0-9_]", "_") : names.dataset()));
    return target;
  }

  private static String project(Names names) {
    return names.project() == null ? "my-project" : names.project();
  }

  private static String bucket(Names names) {
    return YamlText.scalar(
        names.bucket() == null ? project(names).replace(':', '-') + "-deltas" : names.bucket());
  }

  private static List<String> tail(List<SourceTable> others) {
    List<String> tail = new ArrayList<>();
    if (!others.isEmpty()) {
      tail.add("Not proposed, since nothing in the catalog says what identifies their rows:");
      others.forEach(other -> tail.add("  " + other));
    }
    return tail;
  }
}
