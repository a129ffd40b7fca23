package io.deltaferry.gcp;

import com.google.cloud.bigquery.Field;
import com.google.cloud.bigquery.FieldList;
import com.google.cloud.bigquery.QueryParameterValue;
import com.google.cloud.bigquery.Schema;
import com.google.cloud.bigquery.StandardSQLTypeName;
import io.deltaferry.sql.Statement;
import io.deltaferry.table.WarehouseColumn;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Column and parameter types between our words and the client's. */
final class WarehouseTypes {
  private static final Pattern TYPE =
      Pattern.compile("([A-Z0-9]+)(?:\\(\\s*(\\d+)\\s*(?:,\\s*(\\d+)\\s*)?\\))?");

  private static final Pattern ARRAY = Pattern.compile("ARRAY<([^<>]+)>");

  private static final DateTimeFormatter MICROSECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS+00:00");

  private WarehouseTypes() {}

  static Schema schema(List<WarehouseColumn> columns) {
    return Schema.of(columns.stream().map(WarehouseTypes::field).toList());
  }

  /**
   * The column in the place of another of its name, of which it keeps the description and who may
   * read it, and all of it when the type is the same.
   */
  static Field field(WarehouseColumn column, List<Field> before) {
    Optional<Field> old =
        before.stream()
            .filter(field -> field.getName().equalsIgnoreCase(column.name()))
            .findFirst();
    Field.Mode mode = column.required() ? Field.Mode.REQUIRED : Field.Mode.NULLABLE;
    if (old.filter(same -> column(same).type().equals(column.type())).isPresent()) {
      Field same = old.get();
      return same.getMode() == Field.Mode.REPEATED ? same : same.toBuilder().setMode(mode).build();
    }
    return field(column).toBuilder()
        .setDescription(old.map(Field::getDescription).orElse(null))
        .setPolicyTags(old.map(Field::getPolicyTags).orElse(null))
        .build();
  }

  private static Field field(WarehouseColumn column) {
    Matcher array = ARRAY.matcher(column.type());
    if (array.matches()) {
      return field(new WarehouseColumn(column.name(), array.group(1), false)).toBuilder()
          .setMode(Field.Mode.REPEATED)
          .build();
    }
    Matcher type = TYPE.matcher(column.type());
    if (!type.matches()) {
      throw new IllegalArgumentException("not a scalar BigQuery type: " + column.type());
    }
    StandardSQLTypeName name = StandardSQLTypeName.valueOf(type.group(1));
    Field.Builder field =
        Field.newBuilder(column.name(), name)
            .setMode(column.required() ? Field.Mode.REQUIRED : Field.Mode.NULLABLE);
    String first = type.group(2);
    if (first != null && isDecimal(name)) {
      field.setPrecision(Long.parseLong(first));
      String second = type.group(3);
      if (second != null) {
        field.setScale(Long.parseLong(second));
      }
    } else if (first != null) {
      field.setMaxLength(Long.parseLong(first));
    }
    return field.build();
  }

  private static boolean isDecimal(StandardSQLTypeName name) {
    return name == StandardSQLTypeName.NUMERIC || name == StandardSQLTypeName.BIGNUMERIC;
  }

  static List<WarehouseColumn> columns(@Nullable Schema schema) {
    return schema == null
        ? List.of()
        : schema.getFields().stream().map(WarehouseTypes::column).toList();
  }

  private static WarehouseColumn column(Field field) {
    boolean repeated = field.getMode() == Field.Mode.REPEATED;
    String type = typeText(field);
    return new WarehouseColumn(
        field.getName(),
        repeated ? "ARRAY<" + type + ">" : type,
        field.getMode() == Field.Mode.REQUIRED);
  }

  private static String typeText(Field field) {
    String name = field.getType().getStandardType().name();
    FieldList children = field.getSubFields();
    if (children != null && !children.isEmpty()) {
      return children.stream()
          .map(child -> child.getName() + " " + typeText(child))
          .collect(Collectors.joining(", ", name + "<", ">"));
    }
    if (field.getPrecision() != null) {
      return field.getScale() == null
          ? name + "(" + field.getPrecision() + ")"
          : name + "(" + field.getPrecision() + ", " + field.getScale() + ")";
    }
    return field.getMaxLength() == null ? name : name + "(" + field.getMaxLength() + ")";
  }

  static QueryParameterValue parameter(Statement.Value value) {
    if (value instanceof Statement.Int64 int64) {
      return QueryParameterValue.int64(int64.value());
    }
    if (value instanceof Statement.Timestamp timestamp) {
      return timestampParameter(timestamp.value());
    }
    return QueryParameterValue.string(((Statement.Text) value).value());
  }

  /** BigQuery takes no more than microseconds; a clock may read nanoseconds. */
  static String text(Instant instant) {
    return MICROSECONDS.format(instant.truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC));
  }

  private static QueryParameterValue timestampParameter(@Nullable Instant instant) {
    return QueryParameterValue.newBuilder()
        .setValue(instant == null ? null : text(instant))
        .setType(StandardSQLTypeName.TIMESTAMP)
        .build();
  }
}
