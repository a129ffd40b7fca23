package io.deltaferry.cli.compare;

import com.google.cloud.bigquery.FieldValue;
import io.deltaferry.cli.endpoint.TimestampCell;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Reads a BigQuery value in canonical form. */
final class BigQueryCell {
  private BigQueryCell() {}

  static @Nullable String read(FieldValue value, ComparedColumn column) {
    if (value.isNull()) {
      return null;
    }
    if (column.repeated()) {
      throw new IllegalStateException(
          "column " + column.name() + ": the comparison does not know repeated columns");
    }
    return switch (column.bigQueryType()) {
      case INT64 -> Long.toString(value.getLongValue());
      case NUMERIC, BIGNUMERIC -> Canonical.decimal(value.getNumericValue());
      case FLOAT64 -> Canonical.floating(floating(value.getStringValue()));
      case BOOL -> Boolean.toString(value.getBooleanValue());
      case BYTES -> HexFormat.of().formatHex(value.getBytesValue());
      case DATE -> value.getStringValue();
      case DATETIME -> LocalDateTime.parse(value.getStringValue()).toString();
      case TIMESTAMP -> timestamp(TimestampCell.micros(value));
      case TIME -> LocalTime.parse(value.getStringValue()).toString();
      case JSON -> CanonicalJson.of(value.getStringValue());
      case STRING -> Canonical.text(column.postgresType(), value.getStringValue());
      case GEOGRAPHY, INTERVAL, RANGE, STRUCT, ARRAY ->
          throw new IllegalStateException(
              "column "
                  + column.name()
                  + ": the comparison does not know BigQuery's "
                  + column.bigQueryType());
    };
  }

  /** BigQuery writes {@code Infinity} or {@code +Infinity} or {@code inf}, by API. */
  private static double floating(String text) {
    return switch (text) {
      case "inf", "+inf", "Inf", "+Inf", "+Infinity" -> Double.POSITIVE_INFINITY;
      case "-inf", "-Inf" -> Double.NEGATIVE_INFINITY;
      case "nan" -> Double.NaN;
      default -> Double.parseDouble(text);
    };
  }

  private static String timestamp(long micros) {
    return LocalDateTime.ofEpochSecond(
            Math.floorDiv(micros, 1_000_000L),
            (int) Math.floorMod(micros, 1_000_000L) * 1_000,
            ZoneOffset.UTC)
        .toString();
  }
}
