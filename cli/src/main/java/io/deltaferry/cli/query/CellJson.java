package io.deltaferry.cli.query;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.cloud.bigquery.Field;
import com.google.cloud.bigquery.FieldList;
import com.google.cloud.bigquery.FieldValue;
import com.google.cloud.bigquery.FieldValueList;
import com.google.cloud.bigquery.StandardSQLTypeName;
import io.deltaferry.cli.endpoint.TimestampCell;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import org.jspecify.annotations.Nullable;

/**
 * Values in the form in which BigQuery exports newline-delimited JSON: whole and decimal numbers as
 * texts (JSON readers round them), FLOAT64 and BOOL as themselves, TIMESTAMP with {@code UTC}.
 */
final class CellJson {
  static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final DateTimeFormatter TIMESTAMP =
      new DateTimeFormatterBuilder()
          .appendPattern("uuuu-MM-dd HH:mm:ss")
          .appendFraction(ChronoField.MICRO_OF_SECOND, 0, 6, true)
          .appendLiteral(" UTC")
          .toFormatter(java.util.Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private CellJson() {}

  static ObjectNode object(FieldList fields, FieldValueList row) {
    ObjectNode object = NODES.objectNode();
    for (int i = 0; i < fields.size(); i++) {
      object.set(fields.get(i).getName(), node(fields.get(i), row.get(i)));
    }
    return object;
  }

  static JsonNode node(Field field, FieldValue value) {
    if (value.isNull()) {
      return NODES.nullNode();
    }
    if (value.getAttribute() == FieldValue.Attribute.REPEATED) {
      ArrayNode array = NODES.arrayNode();
      value.getRepeatedValue().forEach(element -> array.add(node(field, element)));
      return array;
    }
    if (value.getAttribute() == FieldValue.Attribute.RECORD) {
      return object(field.getSubFields(), value.getRecordValue());
    }
    return scalar(field.getType().getStandardType(), value);
  }

  private static JsonNode scalar(@Nullable StandardSQLTypeName type, FieldValue value) {
    if (type == StandardSQLTypeName.BOOL) {
      return NODES.booleanNode(value.getBooleanValue());
    }
    if (type == StandardSQLTypeName.FLOAT64) {
      double number = value.getDoubleValue();
      return Double.isFinite(number)
          ? NODES.numberNode(number)
          : NODES.textNode(value.getStringValue());
    }
    if (type == StandardSQLTypeName.TIMESTAMP) {
      return NODES.textNode(timestamp(value));
    }
    if (type == StandardSQLTypeName.JSON) {
      return json(value.getStringValue());
    }
    return NODES.textNode(value.getStringValue());
  }

  static String timestamp(FieldValue value) {
    long micros = TimestampCell.micros(value);
    return TIMESTAMP.format(
        Instant.ofEpochSecond(
            Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1_000L));
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("BigQuery sent a JSON value that is not JSON", e);
    }
  }

  static String text(JsonNode node) {
    try {
      return JSON.writeValueAsString(node);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a JSON tree is always text", e);
    }
  }
}
