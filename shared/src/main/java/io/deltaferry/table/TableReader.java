package io.deltaferry.table;

import io.deltaferry.config.Section;
import io.deltaferry.config.Setting;
import io.deltaferry.type.LossPolicy;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads one entry of {@code tables}. */
final class TableReader {
  private static final RowSource NOTHING = new SourceQuery("");

  private final String name;
  private final Section section;

  private TableReader(String name, Section section) {
    this.name = name;
    this.section = section;
  }

  /** The table; where a problem was noted, its parts are empty text. */
  static TableConfig read(
      String name, Section section, TableSettings defaults, TargetConfig target) {
    return new TableReader(name, section).read(defaults, target);
  }

  private TableConfig read(TableSettings defaults, TargetConfig target) {
    section.refuseOthers(TableKeys.TABLE);
    TableSettings settings = TableSettings.read(section, defaults);
    TableConfig table =
        new TableConfig(
            name,
            source(),
            target(target),
            ColumnNames.list(section, "key"),
            settings.cursor(),
            settings.modes(),
            sql("filter"),
            privacy(),
            settings.priority(),
            settings.schedule(),
            settings.lateness(),
            settings.bound(),
            conversions(),
            ColumnSettingsReader.read(section),
            settings.unknownTypes(),
            section.text("assume_unique").flatMap(Words::yesOrNo).orElse(false),
            settings.partBytes(),
            new SliceConfig(settings.sliceRows(), settings.parallelSlices(), conditions()),
            settings.extractIn(),
            settings.runExpiry(),
            settings.maxLag(),
            settings.drift(),
            settings.runIdColumn(),
            settings.reconcile(),
            TargetShape.read(section),
            settings.view());
    TableRules.check(table, section);
    return table;
  }

  private PrivacySettings privacy() {
    return new PrivacySettings(
        ColumnNames.list(section, "exclude"),
        ColumnNames.list(section, "hash"),
        ColumnNames.list(section, "include"),
        "");
  }

  private RowSource source() {
    if (section.has("source") == section.has("query")) {
      section.problem("needs exactly one of 'source' and 'query'");
    }
    if (section.has("query")) {
      String query = sql("query");
      return query == null ? NOTHING : new SourceQuery(query);
    }
    return section
        .text("source")
        .flatMap(SourceTable::read)
        .map(table -> (RowSource) table)
        .orElse(NOTHING);
  }

  private TargetTable target(TargetConfig target) {
    TargetTable fallback = new TargetTable(target.dataset(), name);
    Optional<Setting> given = section.text("target");
    TargetTable table = given.flatMap(text -> targetTable(text, target)).orElse(fallback);
    if (table.dataset().equals(target.stagingDataset())
        || table.dataset().equals(target.controlDataset())) {
      given.ifPresent(text -> text.refuse("lies in the staging or control dataset"));
    }
    return table;
  }

  private static Optional<TargetTable> targetTable(Setting setting, TargetConfig target) {
    return setting.as(
        text -> {
          int dot = text.indexOf('.');
          String dataset = dot < 0 ? target.dataset() : CloudName.dataset(text.substring(0, dot));
          return new TargetTable(dataset, CloudName.tableId(text.substring(dot + 1)));
        });
  }

  /** SQL that becomes part of a larger statement, which a semicolon would cut. */
  private @Nullable String sql(String key) {
    return section.text(key).map(TableReader::sql).orElse(null);
  }

  /** As {@link #sql(String)}. */
  static String sql(Setting setting) {
    String text = setting.value().strip();
    if (text.endsWith(";")) {
      setting.refuse("must not end with a semicolon");
    }
    return text;
  }

  private List<String> conditions() {
    List<Setting> given = section.texts("slices").orElse(List.of());
    if (given.size() == 1) {
      section.problem("slices", "has one condition; give two or more, or remove the key");
    }
    if (given.size() > SliceConfig.MOST) {
      section.problem(
          "slices",
          "has %d conditions; a run has at most %d slices: make each of them wider"
              .formatted(given.size(), SliceConfig.MOST));
    }
    return given.stream().map(TableReader::sql).toList();
  }

  private Map<String, LossPolicy> conversions() {
    Map<String, LossPolicy> conversions = new LinkedHashMap<>();
    section
        .section("conversions")
        .ifPresent(
            columns -> {
              for (String column : columns.keys()) {
                columns
                    .word(column)
                    .flatMap(Words::policy)
                    .ifPresent(policy -> conversions.put(column, policy));
              }
            });
    return conversions;
  }
}
