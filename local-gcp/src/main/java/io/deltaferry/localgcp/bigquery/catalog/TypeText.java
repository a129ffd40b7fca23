package io.deltaferry.localgcp.bigquery.catalog;

import io.deltaferry.localgcp.bigquery.type.BigQueryType;
import io.deltaferry.localgcp.bigquery.type.FieldMode;
import io.deltaferry.localgcp.bigquery.type.FieldSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Types as text: GoogleSQL's words out and in, DuckDB's words in. */
public final class TypeText {
  private TypeText() {}

  /** The column's type in GoogleSQL, such as {@code ARRAY<STRUCT<a INT64, b NUMERIC(10, 2)>>}. */
  public static String google(FieldSchema field) {
    String element =
        field.type() == BigQueryType.STRUCT
            ? field.fields().stream()
                .map(member -> member.name() + " " + google(member))
                .collect(Collectors.joining(", ", "STRUCT<", ">"))
            : field.type().name() + parameters(field);
    return field.isRepeated() ? "ARRAY<" + element + ">" : element;
  }

  private static String parameters(FieldSchema field) {
    if (field.maxLength() != null) {
      return "(" + field.maxLength() + ")";
    }
    if (field.precision() == null) {
      return "";
    }
    boolean scaled = field.scale() != null && field.scale() != 0;
    return "(" + field.precision() + (scaled ? ", " + field.scale() : "") + ")";
  }

  /**
   * Reads a GoogleSQL type.
   *
   * @throws io.deltaferry.localgcp.http.GoogleError for a type this endpoint does not know
   */
  public static FieldSchema parseGoogle(String name, String text) {
    String type = text.strip();
    String upper = type.toUpperCase(Locale.ROOT);
    if (upper.startsWith("ARRAY<")) {
      return parseGoogle(name, inner(type, "ARRAY<")).withMode(FieldMode.REPEATED);
    }
    if (upper.startsWith("STRUCT<")) {
      return FieldSchema.struct(
          name, FieldMode.NULLABLE, members(inner(type, "STRUCT<"), TypeText::parseGoogle));
    }
    int open = type.indexOf('(');
    if (open < 0) {
      return FieldSchema.nullable(name, BigQueryType.parse(type));
    }
    FieldSchema plain =
        FieldSchema.nullable(name, BigQueryType.parse(type.substring(0, open).strip()));
    List<String> parameters = split(type.substring(open + 1, type.length() - 1));
    boolean decimal =
        plain.type() == BigQueryType.NUMERIC || plain.type() == BigQueryType.BIGNUMERIC;
    if (!decimal) {
      return plain.withMaxLength(Long.parseLong(parameters.get(0).strip()));
    }
    int scale = parameters.size() > 1 ? Integer.parseInt(parameters.get(1).strip()) : 0;
    return plain.withPrecision(Integer.parseInt(parameters.get(0).strip()), scale);
  }

  private static String inner(String type, String prefix) {
    return type.substring(prefix.length(), type.length() - 1);
  }

  /** Reads a type as DuckDB describes a column; null when BigQuery has no such type. */
  public static @Nullable FieldSchema parseDuck(String name, String text) {
    String type = text.strip();
    if (type.endsWith("[]")) {
      FieldSchema element = parseDuck(name, type.substring(0, type.length() - 2));
      return element == null || element.isRepeated() ? null : element.withMode(FieldMode.REPEATED);
    }
    if (type.startsWith("STRUCT(")) {
      List<FieldSchema> members = members(inner(type, "STRUCT("), TypeText::parseDuck);
      return members.contains(null) ? null : FieldSchema.struct(name, FieldMode.NULLABLE, members);
    }
    BigQueryType scalar = scalar(type);
    return scalar == null ? null : FieldSchema.nullable(name, scalar);
  }

  private static @Nullable BigQueryType scalar(String type) {
    if (type.startsWith("DECIMAL(")) {
      return BigQueryType.NUMERIC;
    }
    return switch (type) {
      case "BOOLEAN" -> BigQueryType.BOOL;
      // An untyped NULL is INT64 in GoogleSQL; sums and counts of integers come as HUGEINT.
      case "BIGINT",
          "INTEGER",
          "SMALLINT",
          "TINYINT",
          "UBIGINT",
          "UINTEGER",
          "USMALLINT",
          "UTINYINT",
          "HUGEINT",
          "UHUGEINT",
          "NULL",
          "\"NULL\"" ->
          BigQueryType.INT64;
      case "DOUBLE", "FLOAT" -> BigQueryType.FLOAT64;
      case "BIGNUM" -> BigQueryType.BIGNUMERIC;
      case "VARCHAR" -> BigQueryType.STRING;
      case "BLOB" -> BigQueryType.BYTES;
      case "DATE" -> BigQueryType.DATE;
      case "TIMESTAMP" -> BigQueryType.DATETIME;
      case "TIME" -> BigQueryType.TIME;
      case "TIMESTAMP WITH TIME ZONE" -> BigQueryType.TIMESTAMP;
      case "JSON" -> BigQueryType.JSON;
      case "INTERVAL" -> BigQueryType.INTERVAL;
      default -> null;
    };
  }

  private interface Parser {
    @Nullable FieldSchema parse(String name, String type);
  }

  private static List<FieldSchema> members(String text, Parser parser) {
    List<FieldSchema> members = new ArrayList<>();
    for (String part : split(text)) {
      String member = part.strip();
      int space = nameEnd(member);
      String name = member.substring(0, space).strip();
      members.add(parser.parse(unquote(name), member.substring(space)));
    }
    return members;
  }

  /** Where a member's name ends; a quoted name may hold spaces. */
  private static int nameEnd(String member) {
    char quote = member.charAt(0);
    if (quote != '"' && quote != '`') {
      return member.indexOf(' ');
    }
    int end = 1;
    while (member.charAt(end) != quote
        || (end + 1 < member.length() && member.charAt(end + 1) == quote)) {
      end += member.charAt(end) == quote ? 2 : 1;
    }
    return end + 1;
  }

  private static String unquote(String name) {
    boolean quoted = name.startsWith("\"") || name.startsWith("`");
    return quoted ? name.substring(1, name.length() - 1).replace("\"\"", "\"") : name;
  }

  /** Cuts at the commas outside brackets and quotes. */
  private static List<String> split(String text) {
    List<String> parts = new ArrayList<>();
    int depth = 0;
    int from = 0;
    boolean quoted = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      quoted ^= c == '"' || c == '`';
      if (quoted) {
        continue;
      }
      depth += c == '<' || c == '(' ? 1 : c == '>' || c == ')' ? -1 : 0;
      if (c == ',' && depth == 0) {
        parts.add(text.substring(from, i));
        from = i + 1;
      }
    }
    parts.add(text.substring(from));
    return parts;
  }
}
