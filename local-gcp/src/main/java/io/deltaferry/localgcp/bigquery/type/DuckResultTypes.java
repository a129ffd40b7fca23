package io.deltaferry.localgcp.bigquery.type;

import io.deltaferry.localgcp.http.GoogleError;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * The BigQuery schema of a DuckDB result. DuckDB does not tell GEOGRAPHY from STRING; use the
 * analyser's types where there are any.
 */
public final class DuckResultTypes {
  private DuckResultTypes() {}

  /**
   * All columns of a result, NULLABLE or REPEATED.
   *
   * @throws GoogleError {@code invalidQuery} for a type BigQuery has no counterpart of
   */
  public static TableSchema schema(ResultSetMetaData metadata) throws SQLException {
    List<FieldSchema> fields = new ArrayList<>();
    for (int i = 1; i <= metadata.getColumnCount(); i++) {
      fields.add(field(metadata.getColumnLabel(i), metadata.getColumnTypeName(i)));
    }
    return new TableSchema(fields);
  }

  /** One column by DuckDB's own name of its type, such as {@code STRUCT(a BIGINT)[]}. */
  public static FieldSchema field(String name, String duckType) {
    TypeTextReader reader = new TypeTextReader(duckType, '"');
    try {
      FieldSchema field = type(name, reader);
      if (reader.atEnd()) {
        return field;
      }
    } catch (IllegalArgumentException e) {
      throw unsupported(duckType);
    }
    throw unsupported(duckType);
  }

  private static FieldSchema type(String name, TypeTextReader reader) {
    FieldSchema element = element(name, reader);
    if (!reader.take('[')) {
      return element;
    }
    reader.expect(']');
    if (reader.take('[')) {
      throw new GoogleError(400, "invalidQuery", "Cannot construct array with element type ARRAY");
    }
    return element.withMode(FieldMode.REPEATED);
  }

  private static FieldSchema element(String name, TypeTextReader reader) {
    String word = reader.name();
    if (word.equals("STRUCT")) {
      return FieldSchema.struct(name, FieldMode.NULLABLE, members(reader));
    }
    if (reader.take('(')) {
      reader.number();
      reader.expect(',');
      reader.number();
      reader.expect(')');
    }
    boolean zoned = word.equals("TIMESTAMP") && reader.atWord();
    if (zoned) {
      reader.word();
      reader.word();
      reader.word();
    }
    return FieldSchema.nullable(name, zoned ? BigQueryType.TIMESTAMP : scalar(word));
  }

  private static List<FieldSchema> members(TypeTextReader reader) {
    List<FieldSchema> members = new ArrayList<>();
    reader.expect('(');
    do {
      String name = reader.name();
      members.add(type(name, reader));
    } while (reader.take(','));
    reader.expect(')');
    return members;
  }

  private static BigQueryType scalar(String word) {
    return switch (word) {
      case "BOOLEAN" -> BigQueryType.BOOL;
      // An untyped NULL is an INT64 in GoogleSQL.
      case "TINYINT",
          "SMALLINT",
          "INTEGER",
          "BIGINT",
          "HUGEINT",
          "UTINYINT",
          "USMALLINT",
          "UINTEGER",
          "UBIGINT",
          "UHUGEINT",
          "NULL" ->
          BigQueryType.INT64;
      case "FLOAT", "DOUBLE" -> BigQueryType.FLOAT64;
      case "DECIMAL" -> BigQueryType.NUMERIC;
      case "BIGNUM" -> BigQueryType.BIGNUMERIC;
      case "VARCHAR", "UUID" -> BigQueryType.STRING;
      case "BLOB" -> BigQueryType.BYTES;
      case "DATE" -> BigQueryType.DATE;
      case "TIME" -> BigQueryType.TIME;
      case "TIMESTAMP" -> BigQueryType.DATETIME;
      case "JSON" -> BigQueryType.JSON;
      case "INTERVAL" -> BigQueryType.INTERVAL;
      default -> throw unsupported(word);
    };
  }

  private static GoogleError unsupported(String duckType) {
    return new GoogleError(
        400, "invalidQuery", "not supported by the local BigQuery: a result of type " + duckType);
  }
}
