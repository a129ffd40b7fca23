package io.deltaferry.localgcp.bigquery.type;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One field of a schema; also the type of a query parameter, whose name may be empty.
 *
 * @param fields the members when {@code type} is STRUCT, else empty
 * @param precision digits of a parameterised NUMERIC or BIGNUMERIC
 * @param scale digits after the point, counted in {@code precision}; 0 when only that is given
 * @param maxLength characters of a STRING or bytes of a BYTES
 */
public record FieldSchema(
    String name,
    BigQueryType type,
    FieldMode mode,
    List<FieldSchema> fields,
    @Nullable Integer precision,
    @Nullable Integer scale,
    @Nullable Long maxLength,
    @Nullable String description,
    @Nullable String defaultValueExpression) {

  public FieldSchema {
    fields = List.copyOf(fields);
    TypeParameters.check(name, type, precision, scale, maxLength);
    if ((type == BigQueryType.STRUCT) == fields.isEmpty()) {
      throw io.deltaferry.localgcp.http.GoogleError.invalid(
          type == BigQueryType.STRUCT
              ? "Field " + name + " is type RECORD but has no schema"
              : "Field " + name + " of type " + type + " cannot have nested fields");
    }
  }

  /** A field without type parameters. */
  public static FieldSchema of(String name, BigQueryType type, FieldMode mode) {
    return new FieldSchema(name, type, mode, List.of(), null, null, null, null, null);
  }

  public static FieldSchema nullable(String name, BigQueryType type) {
    return of(name, type, FieldMode.NULLABLE);
  }

  public static FieldSchema required(String name, BigQueryType type) {
    return of(name, type, FieldMode.REQUIRED);
  }

  public static FieldSchema repeated(String name, BigQueryType type) {
    return of(name, type, FieldMode.REPEATED);
  }

  public static FieldSchema struct(String name, FieldMode mode, List<FieldSchema> fields) {
    return new FieldSchema(name, BigQueryType.STRUCT, mode, fields, null, null, null, null, null);
  }

  /** This field with another mode; the element type of a REPEATED field is NULLABLE. */
  public FieldSchema withMode(FieldMode other) {
    return new FieldSchema(
        name,
        type,
        other,
        fields,
        precision,
        scale,
        maxLength,
        description,
        defaultValueExpression);
  }

  public FieldSchema withName(String other) {
    return new FieldSchema(
        other,
        type,
        mode,
        fields,
        precision,
        scale,
        maxLength,
        description,
        defaultValueExpression);
  }

  /** Such a field with a STRING or BYTES limit. */
  public FieldSchema withMaxLength(long limit) {
    return new FieldSchema(
        name, type, mode, fields, precision, scale, limit, description, defaultValueExpression);
  }

  /** True for REPEATED. */
  public boolean isRepeated() {
    return mode == FieldMode.REPEATED;
  }
}
