package io.deltaferry.table;

import com.google.common.hash.Hashing;
import io.deltaferry.type.ColumnSettings;
import io.deltaferry.type.LossPolicy;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The hashes of a table's definition.
 *
 * <p>Every field is written as {@code name:length:value}, absent ones with length -1, so that no
 * two definitions share a rendering. The rendering is kept in the state table of BigQuery by its
 * hash: changing it makes every table start over with a full run.
 */
final class DefinitionHash {
  private final StringBuilder rendering = new StringBuilder();

  private DefinitionHash() {}

  static String definition(TableConfig table) {
    DefinitionHash hash = new DefinitionHash();
    if (table.source() instanceof SourceTable named) {
      hash.field("schema", named.schema()).field("table", named.table());
    } else if (table.source() instanceof SourceQuery query) {
      hash.field("query", query.sql());
    }
    hash.field("filter", table.filter())
        .list("key", table.key())
        .field("cursor", table.cursor())
        .field("target_dataset", table.target().dataset())
        .field("target_table", table.target().table());
    return hash.hashed(table.privacy()).values(table).log(table.modes().changeLog()).sha256();
  }

  /** Nothing where no log tells of changes. */
  private DefinitionHash log(@Nullable ChangeLog log) {
    if (log == null) {
      return this;
    }
    ChangeLog.ContentType type = log.contentType();
    return field("log_schema", log.table().schema())
        .field("log_table", log.table().table())
        .field("log_id", log.id())
        .list("log_key", log.key())
        .field("log_action", log.action())
        .field("log_type_column", type == null ? null : type.column())
        .field("log_type_value", type == null ? null : type.value())
        .field("log_fields", log.changedFields())
        .list("log_watch", new TreeSet<>(log.watch()))
        .list("log_changed", new TreeSet<>(log.actions().changed()));
  }

  /** A row that was merged before shows what the columns were then. */
  private DefinitionHash values(TableConfig table) {
    new TreeMap<>(table.columns())
        .forEach(
            (column, settings) -> {
              if (settings.convert() != null || settings.rename() != null) {
                field("column", column)
                    .field("convert", settings.convert())
                    .field("rename", settings.rename());
              }
            });
    return this;
  }

  static String policy(TableConfig table) {
    DefinitionHash hash = new DefinitionHash();
    hash.list("exclude", new TreeSet<>(table.privacy().exclude()));
    hash.hashed(table.privacy());
    new TreeMap<>(table.conversions())
        .forEach(
            (column, policy) ->
                hash.field("column", column)
                    .field("policy", policy.name().toLowerCase(Locale.ROOT)));
    new TreeMap<>(table.columns())
        .forEach((column, settings) -> hash.field("column", column).settings(settings));
    return hash.sha256();
  }

  /** Nothing where nothing is hashed. */
  private DefinitionHash hashed(PrivacySettings privacy) {
    return privacy.hash().isEmpty()
        ? this
        : list("hash", new TreeSet<>(privacy.hash())).field("hash_key", privacy.keyId());
  }

  private DefinitionHash settings(ColumnSettings settings) {
    return field("convert", settings.convert())
        .field("rename", settings.rename())
        .field("type", settings.type() == null ? null : settings.type().sql())
        .field("out_of_range", word(settings.outOfRange()))
        .field("numeric_overflow", word(settings.numericOverflow()))
        .field("json", Boolean.toString(settings.jsonAsString()))
        .field("arrays", Boolean.toString(settings.repeated()))
        .field("interval", Boolean.toString(settings.intervalKept()));
  }

  private static @Nullable String word(@Nullable LossPolicy policy) {
    return policy == null ? null : policy.name().toLowerCase(Locale.ROOT);
  }

  private DefinitionHash field(String name, @Nullable String value) {
    rendering.append(name).append(':').append(value == null ? -1 : value.length()).append(':');
    rendering.append(value == null ? "" : value).append('\n');
    return this;
  }

  private DefinitionHash list(String name, Iterable<String> values) {
    values.forEach(value -> field(name, value));
    return this;
  }

  private String sha256() {
    return Hashing.sha256().hashString(rendering, StandardCharsets.UTF_8).toString();
  }
}
