package io.deltaferry.localgcp.bigquery.type;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Struct;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Result rows in the REST API's form: {@code {"f":[{"v":..}]}}, every scalar a string. */
public final class RowJson {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final TableSchema schema;
  private final ScalarJson scalars;

  public RowJson(TableSchema schema, TimestampForm timestamps) {
    this.schema = schema;
    this.scalars = new ScalarJson(timestamps);
  }

  /**
   * The select list that reads a table of this schema for {@link #row}. JDBC hands moments over by
   * way of the machine's own time zone, which loses or shifts those near a change of its clocks; so
   * they are read as text, which the session writes in UTC.
   */
  public static String columns(TableSchema schema) {
    return schema.fields().stream().map(RowJson::column).collect(Collectors.joining(", "));
  }

  private static String column(FieldSchema field) {
    String name = DuckTypes.quote(field.name());
    return holdsMoments(field)
        ? "CAST(" + name + " AS " + DuckTypes.of(momentsAsText(field)) + ") AS " + name
        : name;
  }

  private static boolean holdsMoments(FieldSchema field) {
    return isMoment(field) || field.fields().stream().anyMatch(RowJson::holdsMoments);
  }

  private static boolean isMoment(FieldSchema field) {
    return field.type() == BigQueryType.DATETIME || field.type() == BigQueryType.TIMESTAMP;
  }

  private static FieldSchema momentsAsText(FieldSchema field) {
    if (isMoment(field)) {
      return FieldSchema.of(field.name(), BigQueryType.STRING, field.mode());
    }
    List<FieldSchema> fields = field.fields().stream().map(RowJson::momentsAsText).toList();
    return fields.isEmpty() ? field : FieldSchema.struct(field.name(), field.mode(), fields);
  }

  /**
   * The current row.
   *
   * @param result has the schema's columns, in order
   * @throws io.deltaferry.localgcp.http.GoogleError {@code invalidQuery} when a value is outside of
   *     its type's range, such as a SUM beyond INT64
   */
  public ObjectNode row(ResultSet result) throws SQLException {
    ArrayNode cells = NODES.arrayNode();
    for (int i = 0; i < schema.fields().size(); i++) {
      FieldSchema field = schema.fields().get(i);
      cells.add(cell(value(field, result.getObject(i + 1))));
    }
    return NODES.objectNode().set("f", cells);
  }

  private static ObjectNode cell(JsonNode value) {
    return NODES.objectNode().set("v", value);
  }

  private JsonNode value(FieldSchema field, @Nullable Object value) throws SQLException {
    if (field.isRepeated()) {
      return list(field.withMode(FieldMode.NULLABLE), value);
    }
    if (value == null) {
      return NODES.nullNode();
    }
    if (field.type() == BigQueryType.STRUCT) {
      return struct(field, (Struct) value);
    }
    return NODES.textNode(scalars.text(field, value));
  }

  /** A NULL array is written as the empty one: BigQuery does not keep the difference. */
  private ArrayNode list(FieldSchema element, @Nullable Object value) throws SQLException {
    ArrayNode nodes = NODES.arrayNode();
    if (value != null) {
      for (Object item : (Object[]) ((Array) value).getArray()) {
        nodes.add(cell(value(element, item)));
      }
    }
    return nodes;
  }

  private ObjectNode struct(FieldSchema field, Struct value) throws SQLException {
    ArrayNode nodes = NODES.arrayNode();
    Object[] attributes = value.getAttributes();
    for (int i = 0; i < attributes.length; i++) {
      nodes.add(cell(value(field.fields().get(i), attributes[i])));
    }
    return NODES.objectNode().set("f", nodes);
  }
}
