package io.deltaferry.localgcp.bigquery.type;

import io.deltaferry.localgcp.http.GoogleError;
import org.jspecify.annotations.Nullable;

/** BigQuery's bounds of precision, scale and maximum length. */
final class TypeParameters {
  private TypeParameters() {}

  static void check(
      String field,
      BigQueryType type,
      @Nullable Integer precision,
      @Nullable Integer scale,
      @Nullable Long maxLength) {
    boolean decimal = type == BigQueryType.NUMERIC || type == BigQueryType.BIGNUMERIC;
    if (!decimal && (precision != null || scale != null)) {
      throw refused(field, "precision and scale are only for NUMERIC and BIGNUMERIC");
    }
    if (maxLength != null && type != BigQueryType.STRING && type != BigQueryType.BYTES) {
      throw refused(field, "maxLength is only for STRING and BYTES");
    }
    if (maxLength != null && maxLength <= 0) {
      throw refused(field, "maxLength must be positive");
    }
    if (scale != null && precision == null) {
      throw refused(field, "scale needs a precision");
    }
    if (precision != null) {
      checkDecimal(field, type, precision, scale == null ? 0 : scale);
    }
  }

  private static void checkDecimal(String field, BigQueryType type, int precision, int scale) {
    int maxScale = type == BigQueryType.NUMERIC ? 9 : 38;
    int integerDigits = type == BigQueryType.NUMERIC ? 29 : 38;
    if (scale < 0 || scale > maxScale) {
      throw refused(field, "the scale of " + type + " must be between 0 and " + maxScale);
    }
    if (precision < Math.max(1, scale) || precision > integerDigits + scale) {
      throw refused(
          field,
          "the precision of "
              + type
              + " with scale "
              + scale
              + " must be between "
              + Math.max(1, scale)
              + " and "
              + (integerDigits + scale));
    }
  }

  private static GoogleError refused(String field, String why) {
    return GoogleError.invalid("Invalid type parameters of field " + field + ": " + why);
  }
}
