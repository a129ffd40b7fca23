package io.deltaferry.table;

import io.deltaferry.config.Secret;
import io.deltaferry.config.Section;
import io.deltaferry.type.HashKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads a whole table file from its top section. */
final class TableFileReader {
  private final Section top;
  private final Map<String, String> nameByFoldedName = new HashMap<>();
  private final Map<String, String> nameByTarget = new HashMap<>();

  private TableFileReader(Section top) {
    this.top = top;
  }

  /**
   * The file; where a problem was noted, its parts are empty text.
   *
   * @param override takes the place of the source section; null where nothing does
   */
  static TableFile read(Section top, @Nullable SourceConfig override) {
    return new TableFileReader(top).read(override);
  }

  private TableFile read(@Nullable SourceConfig override) {
    top.refuseOthers(TableKeys.FILE);
    SourceConfig source = override == null ? source() : override;
    Optional<TargetConfig> target =
        top.requiredSection("target", "say which datasets to write").map(TargetReader::read);
    String bucket =
        top.requiredText("bucket", "name the bucket to stage deltas in")
            .flatMap(name -> name.as(CloudName::bucket))
            .orElse("");
    String topicPrefix =
        top.text("topic_prefix").flatMap(prefix -> prefix.as(CloudName::topicPrefix)).orElse("");
    Secret hashKey = hashKey();
    TableSettings defaults =
        top.section("defaults").map(TableFileReader::defaults).orElse(TableSettings.BUILT_IN);
    TargetConfig known = target.orElse(new TargetConfig("", "", "?", "?", ""));
    List<TableConfig> tables =
        top.requiredSection("tables", "list at least one table")
            .map(section -> tables(section, defaults, known))
            .orElse(List.of());
    return new TableFile(source, known, bucket, topicPrefix, hashKey, tables);
  }

  private SourceConfig source() {
    return top.requiredSection("source", "say which database to read")
        .map(SourceReader::read)
        .orElseGet(() -> new SourceConfig(new SourceEndpoint.Jdbc(""), "", null, false, Map.of()));
  }

  private @Nullable Secret hashKey() {
    Secret key = SecretReader.read(top, "hash_key").orElse(null);
    if (key instanceof Secret.Value known) {
      try {
        HashKey.of(known.value());
      } catch (IllegalArgumentException refused) {
        top.problem("hash_key", "is too short: " + refused.getMessage());
      }
    }
    return key;
  }

  private static TableSettings defaults(Section section) {
    section.refuseOthers(
        TableKeys.DEFAULTS,
        key ->
            TableKeys.TABLE.contains(key)
                ? "cannot be a default, it belongs to one table"
                : "unknown key");
    return TableSettings.read(section, TableSettings.BUILT_IN);
  }

  private List<TableConfig> tables(Section section, TableSettings defaults, TargetConfig target) {
    if (section.keys().isEmpty()) {
      section.problem("is empty; list at least one table");
    }
    List<TableConfig> tables = new ArrayList<>();
    for (String name : section.keys()) {
      checkName(section, name);
      section
          .section(name)
          .map(entry -> TableReader.read(name, entry, defaults, target))
          .ifPresent(
              table -> {
                section
                    .section(name)
                    .ifPresent(entry -> PrivacyRules.check(table, entry, top.has("hash_key")));
                checkTarget(section, table);
                tables.add(table);
              });
    }
    tables.forEach(table -> table.viewKind().ifPresent(kind -> checkView(section, table, kind)));
    return tables;
  }

  private void checkName(Section section, String name) {
    try {
      CloudName.tableName(name);
    } catch (IllegalArgumentException refused) {
      section.problem(name, String.valueOf(refused.getMessage()));
    }
    String other = nameByFoldedName.putIfAbsent(name.toLowerCase(Locale.ROOT), name);
    if (other != null) {
      section.problem(name, "differs from '%s' only in case".formatted(other));
    }
  }

  /** BigQuery tells names apart by case, but people and file systems may not. */
  private void checkTarget(Section section, TableConfig table) {
    String folded = table.target().toString().toLowerCase(Locale.ROOT);
    String other = nameByTarget.putIfAbsent(folded, table.name());
    if (other != null && !other.equalsIgnoreCase(table.name())) {
      section.problem(
          table.name(), "has the same target as '%s': %s".formatted(other, table.target()));
    }
  }

  /** The view lies beside the target, where another entry's target may lie already. */
  private void checkView(Section section, TableConfig table, ViewKind kind) {
    String name = kind.nameFor(table.target().table());
    try {
      CloudName.tableId(name);
    } catch (IllegalArgumentException refused) {
      section.problem(table.name(), "the name of its view " + refused.getMessage());
    }
    TargetTable view = new TargetTable(table.target().dataset(), name);
    String other = nameByTarget.get(view.toString().toLowerCase(Locale.ROOT));
    if (other != null) {
      section.problem(
          table.name(),
          "its view would have the name of the target of '%s': %s".formatted(other, view));
    }
  }
}
