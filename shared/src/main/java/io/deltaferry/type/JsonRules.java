package io.deltaferry.type;

import java.util.Set;

/** The types of types: arrays, composites, ranges and multiranges become JSON. */
final class JsonRules {
  /** The JSON of these has numbers that may be wider than JSON in BigQuery. */
  private static final Set<String> WIDE = Set.of("numeric", "money", "json", "jsonb");

  /** The bounds of these are integers of 64 bits, or strings. */
  private static final Set<String> NARROW_RANGES =
      Set.of(
          "int4range",
          "int8range",
          "daterange",
          "tsrange",
          "tstzrange",
          "int4multirange",
          "int8multirange",
          "datemultirange",
          "tsmultirange",
          "tstzmultirange");

  private JsonRules() {}

  /** The rule of a type that is made of others. */
  static Rule of(PgType type) {
    return Rule.json(JsonForms.of(type), isWide(type));
  }

  private static boolean isWide(PgType type) {
    PgType element = type.element();
    return switch (type.kind()) {
      case RANGE, MULTIRANGE -> !NARROW_RANGES.contains(type.name());
      case ARRAY -> element == null || element.kind() == PgType.Kind.ARRAY || isWide(element);
      case COMPOSITE -> true;
      case BASE -> WIDE.contains(type.name());
      case ENUM, PSEUDO -> false;
    };
  }
}
