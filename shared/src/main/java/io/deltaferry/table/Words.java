package io.deltaferry.table;

import io.deltaferry.config.NearestName;
import io.deltaferry.config.Setting;
import io.deltaferry.table.BoundSettings.StampedBy;
import io.deltaferry.type.LossPolicy;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads settings whose values are a few fixed words. */
final class Words {
  private Words() {}

  static Optional<Boolean> yesOrNo(Setting setting) {
    return switch (setting.value()) {
      case "true" -> Optional.of(true);
      case "false" -> Optional.of(false);
      default -> {
        setting.refuse("is neither true nor false");
        yield Optional.empty();
      }
    };
  }

  static Optional<SyncMode> mode(Setting setting) {
    Optional<SyncMode> mode = SyncMode.of(setting.value());
    if (mode.isPresent() && !mode.get().isStanding()) {
      setting.refuse(
          "is a mode to be asked for, as in `deltaferry sync TABLE --mode %s`"
              .formatted(setting.value()));
    }
    if (mode.isEmpty()) {
      setting.refuse(oneOf(setting, SyncMode.words()));
    }
    return mode;
  }

  static Optional<LossPolicy> policy(Setting setting) {
    return policy(setting, List.of(LossPolicy.values()));
  }

  static Optional<LossPolicy> policy(Setting setting, List<LossPolicy> possible) {
    Optional<LossPolicy> policy =
        possible.stream().filter(known -> word(known).equals(setting.value())).findFirst();
    if (policy.isEmpty()) {
      setting.refuse(oneOf(setting, possible.stream().map(Words::word).toList()));
    }
    return policy;
  }

  private static String word(LossPolicy policy) {
    return policy.name().toLowerCase(Locale.ROOT);
  }

  static Optional<UnknownTypes> unknownTypes(Setting setting) {
    Optional<UnknownTypes> value = UnknownTypes.of(setting.value());
    if (value.isEmpty()) {
      setting.refuse(
          oneOf(setting, Arrays.stream(UnknownTypes.values()).map(UnknownTypes::word).toList()));
    }
    return value;
  }

  static Optional<StampedBy> stampedBy(Setting setting) {
    Optional<StampedBy> value =
        Arrays.stream(StampedBy.values())
            .filter(known -> known.word().equals(setting.value()))
            .findFirst();
    if (value.isEmpty()) {
      setting.refuse(
          oneOf(setting, Arrays.stream(StampedBy.values()).map(StampedBy::word).toList()));
    }
    return value;
  }

  static Optional<ExtractIn> extractIn(Setting setting) {
    Optional<ExtractIn> value = ExtractIn.of(setting.value());
    if (value.isEmpty()) {
      setting.refuse(
          oneOf(setting, Arrays.stream(ExtractIn.values()).map(ExtractIn::word).toList()));
    }
    return value;
  }

  /** The constant that the word names, in lower case. */
  static <T extends Enum<T>> Optional<T> oneOf(Setting setting, T[] values) {
    List<String> words =
        Arrays.stream(values).map(value -> value.name().toLowerCase(Locale.ROOT)).toList();
    int index = words.indexOf(setting.value());
    if (index < 0) {
      setting.refuse(oneOf(setting, words));
    }
    return index < 0 ? Optional.empty() : Optional.of(values[index]);
  }

  static Optional<PeriodLength> periodLength(Setting setting) {
    return known(setting, PeriodLength.of(setting.value()), PeriodLength.words());
  }

  static Optional<PeriodOrder> periodOrder(Setting setting) {
    return known(setting, PeriodOrder.of(setting.value()), PeriodOrder.words());
  }

  private static <T> Optional<T> known(Setting setting, Optional<T> value, List<String> words) {
    if (value.isEmpty()) {
      setting.refuse(oneOf(setting, words));
    }
    return value;
  }

  private static String oneOf(Setting setting, List<String> words) {
    String nearest =
        setting.substituted()
            ? ""
            : NearestName.of(setting.value(), words)
                .map("; did you mean '%s'?"::formatted)
                .orElse("");
    return (words.size() == 1 ? "is not known; use " : "is none of ")
        + String.join(", ", words)
        + nearest;
  }
}
