package io.deltaferry.message;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deltaferry.config.NearestName;
import io.deltaferry.error.DeltaferryException;
import io.deltaferry.error.ErrorCode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** A JSON object read field by field; what is wrong throws MESSAGE_INVALID naming the field. */
final class JsonFields {
  static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .build();

  private static final Pattern DIGITS = Pattern.compile("\\d{1,19}");

  private final String what;
  private final ObjectNode fields;

  JsonFields(String what, ObjectNode fields) {
    this.what = what;
    this.fields = fields;
  }

  /**
   * The object that the text holds.
   *
   * @param what is being read, for messages: "the extract request"
   */
  static JsonFields parse(String what, String text) {
    try {
      if (JSON.readTree(text) instanceof ObjectNode object) {
        return new JsonFields(what, object);
      }
    } catch (JsonProcessingException malformed) {
      throw new DeltaferryException(
          ErrorCode.MESSAGE_INVALID, what + " is malformed JSON" + at(malformed), malformed);
    }
    throw invalid(what + " must be a JSON object");
  }

  /** Jackson's own words are left out: they quote what they stumbled over. */
  private static String at(JsonProcessingException malformed) {
    JsonLocation place = malformed.getLocation();
    return place == null
        ? ""
        : " at line %d, column %d".formatted(place.getLineNr(), place.getColumnNr());
  }

  static DeltaferryException invalid(String message) {
    return new DeltaferryException(ErrorCode.MESSAGE_INVALID, message);
  }

  List<String> names() {
    List<String> names = new ArrayList<>();
    fields.fieldNames().forEachRemaining(names::add);
    return names;
  }

  void refuseOthers(List<String> known) {
    for (String name : names()) {
      if (!known.contains(name)) {
        String nearest =
            NearestName.of(name, known)
                .map(", did you mean '%s'?"::formatted)
                .orElse("; known are " + String.join(", ", known));
        throw invalid("%s has an unknown field '%s'%s".formatted(what, name, nearest));
      }
    }
  }

  String text(String name) {
    return optionalText(name).orElseThrow(() -> missing(name));
  }

  /** Text that is there and not blank, or empty; JSON null counts as absent. */
  Optional<String> optionalText(String name) {
    return field(name)
        .map(
            value -> {
              if (!value.isTextual() || value.textValue().isBlank()) {
                throw wrong(name, "text");
              }
              return value.textValue();
            });
  }

  /** A whole number from {@code least} on. */
  long number(String name, long least) {
    JsonNode value = field(name).orElseThrow(() -> missing(name));
    if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < least) {
      throw wrong(name, "a whole number from %d on".formatted(least));
    }
    return value.longValue();
  }

  /** A whole number that Google's JSON writes as text, since JavaScript's numbers are too short. */
  long numberText(String name) {
    JsonNode value = field(name).orElseThrow(() -> missing(name));
    if (value.isIntegralNumber() || value.isTextual()) {
      String digits = value.asText();
      if (DIGITS.matcher(digits).matches()) {
        try {
          return Long.parseLong(digits);
        } catch (NumberFormatException tooLarge) {
          throw wrong(name, "a whole number of 64 bits");
        }
      }
    }
    throw wrong(name, "a whole number");
  }

  Optional<Integer> optionalCount(String name) {
    return field(name).isEmpty()
        ? Optional.empty()
        : Optional.of((int) Math.min(Integer.MAX_VALUE, number(name, 0)));
  }

  /** True or false, or empty. */
  Optional<Boolean> optionalFlag(String name) {
    return field(name)
        .map(
            value -> {
              if (!value.isBoolean()) {
                throw wrong(name, "true or false");
              }
              return value.booleanValue();
            });
  }

  Optional<Instant> optionalInstant(String name) {
    return optionalText(name).map(text -> instant(what + "'s " + name, text));
  }

  static Instant instant(String what, String text) {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException refused) {
      throw new DeltaferryException(
          ErrorCode.MESSAGE_INVALID,
          what + " must be a time such as 2026-01-31T12:00:00Z",
          refused);
    }
  }

  Optional<JsonFields> object(String name) {
    return field(name)
        .map(
            value -> {
              if (value instanceof ObjectNode object) {
                return new JsonFields(what + "'s " + name, object);
              }
              throw wrong(name, "an object");
            });
  }

  /** The object's fields, all of which must be texts. */
  Map<String, String> texts() {
    Map<String, String> texts = new LinkedHashMap<>();
    for (String name : names()) {
      JsonNode value = fields.get(name);
      if (!value.isTextual()) {
        throw wrong(name, "text");
      }
      texts.put(name, value.textValue());
    }
    return texts;
  }

  boolean has(String name) {
    return field(name).isPresent();
  }

  DeltaferryException missing(String name) {
    return invalid("%s has no '%s'".formatted(what, name));
  }

  private Optional<JsonNode> field(String name) {
    return Optional.ofNullable(fields.get(name)).filter(value -> !value.isNull());
  }

  private DeltaferryException wrong(String name, String expected) {
    return invalid("%s's '%s' must be %s".formatted(what, name, expected));
  }
}
