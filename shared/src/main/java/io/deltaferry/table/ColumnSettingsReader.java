package io.deltaferry.table;

import io.deltaferry.config.Section;
import io.deltaferry.config.Setting;
import io.deltaferry.type.BqType;
import io.deltaferry.type.ColumnSettings;
import io.deltaferry.type.LossPolicy;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the {@code columns} of an entry: a group of settings for each column named there. */
final class ColumnSettingsReader {
  private static final List<LossPolicy> OF_TIMES =
      List.of(LossPolicy.CLAMP, LossPolicy.NULL, LossPolicy.FAIL);

  private static final List<LossPolicy> OF_NUMBERS =
      List.of(LossPolicy.FAIL, LossPolicy.NULL, LossPolicy.STRING);

  private final Section section;

  private ColumnSettingsReader(Section section) {
    this.section = section;
  }

  static Map<String, ColumnSettings> read(Section table) {
    Map<String, ColumnSettings> settings = new LinkedHashMap<>();
    table
        .section("columns")
        .ifPresent(
            columns ->
                columns
                    .keys()
                    .forEach(
                        column ->
                            columns
                                .section(column)
                                .map(ColumnSettingsReader::new)
                                .ifPresent(reader -> settings.put(column, reader.read()))));
    return settings;
  }

  private ColumnSettings read() {
    section.refuseOthers(TableKeys.COLUMN);
    if (section.keys().isEmpty()) {
      section.problem("says nothing; give one of " + String.join(", ", TableKeys.COLUMN));
    }
    return new ColumnSettings(
        section.text("convert").map(TableReader::sql).orElse(null),
        section.text("rename").flatMap(ColumnNames::one).orElse(null),
        section.text("type").flatMap(type -> type.as(ColumnSettingsReader::type)).orElse(null),
        policy("out_of_range", OF_TIMES),
        policy("numeric_overflow", OF_NUMBERS),
        choice("json", "string", "json"),
        choice("arrays", "repeated", "json"),
        choice("interval", "interval", "string"));
  }

  private @Nullable LossPolicy policy(String key, List<LossPolicy> possible) {
    return section.word(key).flatMap(word -> Words.policy(word, possible)).orElse(null);
  }

  /** Whether it is the first word; the other one is the default. */
  private boolean choice(String key, String chosen, String otherwise) {
    Optional<Setting> setting = section.text(key);
    if (setting.isEmpty() || setting.get().value().equals(otherwise)) {
      return false;
    }
    if (!setting.get().value().equals(chosen)) {
      setting.get().refuse("is neither %s nor %s".formatted(chosen, otherwise));
    }
    return true;
  }

  private static BqType type(String text) {
    return BqType.parse(text.strip().toUpperCase(Locale.ROOT));
  }
}
