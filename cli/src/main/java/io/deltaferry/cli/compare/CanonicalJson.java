package io.deltaferry.cli.compare;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** JSON with sorted members and numbers in one form: order and spelling do not count. */
final class CanonicalJson {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.USE_BIG_INTEGER_FOR_INTS)
          .build();
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final BigDecimal MIN_LONG = BigDecimal.valueOf(Long.MIN_VALUE);
  private static final BigDecimal MAX_LONG = BigDecimal.valueOf(Long.MAX_VALUE);

  private CanonicalJson() {}

  static String of(String text) {
    try {
      return JSON.writeValueAsString(sorted(JSON.readTree(text)));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("a value of a JSON column is not JSON", e);
    }
  }

  private static JsonNode sorted(JsonNode node) {
    if (node.isObject()) {
      ObjectNode object = NODES.objectNode();
      List<String> names = new ArrayList<>();
      node.fieldNames().forEachRemaining(names::add);
      names.stream().sorted().forEach(name -> object.set(name, sorted(node.path(name))));
      return object;
    }
    if (node.isArray()) {
      ArrayNode array = NODES.arrayNode();
      node.forEach(element -> array.add(sorted(element)));
      return array;
    }
    return node.isNumber() ? NODES.textNode("number " + number(node.decimalValue())) : node;
  }

  /** BigQuery keeps whole numbers of 64 bits and doubles; all else is rounded to a double. */
  private static String number(BigDecimal value) {
    boolean whole = value.stripTrailingZeros().scale() <= 0;
    boolean fits = value.compareTo(MIN_LONG) >= 0 && value.compareTo(MAX_LONG) <= 0;
    return whole && fits ? value.toBigInteger().toString() : Double.toString(value.doubleValue());
  }
}
