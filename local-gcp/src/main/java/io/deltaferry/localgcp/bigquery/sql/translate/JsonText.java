package io.deltaferry.localgcp.bigquery.sql.translate;

import io.deltaferry.localgcp.bigquery.sql.syntax.Expr;
import io.deltaferry.localgcp.bigquery.sql.syntax.Position;
import io.deltaferry.localgcp.bigquery.sql.syntax.TypeName;
import java.util.List;
import java.util.stream.Collectors;

/** TO_JSON_STRING, spelled out type by type. */
final class JsonText {
  private JsonText() {}

  static Typed write(Expr.Call call, List<Typed> arguments) {
    if (arguments.size() != 1) {
      throw call.position().unsupported(call.name() + " with other than one argument");
    }
    Typed value = arguments.get(0);
    return Typed.of(text(value.sql(), value.type(), call.position()), Types.STRING);
  }

  private static String text(String value, TypeName type, Position position) {
    return "coalesce(" + present(value, type, position) + ", 'null')";
  }

  private static String present(String value, TypeName type, Position position) {
    if (type instanceof TypeName.Array array) {
      String element = text("e", array.element(), position);
      return "'[' || array_to_string(list_transform("
          + value
          + ", lambda e: "
          + element
          + "), ',') || ']'";
    }
    if (type instanceof TypeName.Struct struct) {
      String members =
          struct.members().stream()
              .map(member -> member(value, struct, member, position))
              .collect(Collectors.joining(" || ',' || "));
      return "CASE WHEN " + value + " IS NOT NULL THEN '{' || " + members + " || '}' END";
    }
    return switch (((TypeName.Scalar) type).name()) {
      case "NULL" -> "CAST(NULL AS VARCHAR)";
      case "BOOL" -> "CAST(" + value + " AS VARCHAR)";
      case "INT64" -> "gsql_json_int64(" + value + ")";
      case "FLOAT64" -> "gsql_json_float64(" + value + ")";
      case "NUMERIC" -> "gsql_numeric_text(" + value + ")";
      case "BIGNUMERIC" -> "gsql_bignumeric_text(" + value + ")";
      case "STRING" -> "gsql_json_string(" + value + ")";
      case "BYTES" -> "'\"' || to_base64(" + value + ") || '\"'";
      case "DATE" -> "'\"' || CAST(" + value + " AS VARCHAR) || '\"'";
      case "TIME" -> "'\"' || gsql_time_text(" + value + ") || '\"'";
      case "DATETIME" -> "'\"' || replace(gsql_datetime_text(" + value + "), ' ', 'T') || '\"'";
      case "TIMESTAMP" ->
          "'\"' || replace(gsql_datetime_text(timezone('UTC', " + value + ")), ' ', 'T') || 'Z\"'";
      case "JSON" -> "CAST(json(" + value + ") AS VARCHAR)";
      default -> throw position.unsupported("TO_JSON_STRING of " + type);
    };
  }

  private static String member(
      String value, TypeName.Struct struct, TypeName.Member member, Position position) {
    String name = Types.memberName(struct, member);
    String key = member.name() == null ? "" : name;
    String field = "struct_extract(" + value + ", " + DuckText.literal(name) + ")";
    return "gsql_json_string("
        + DuckText.literal(key)
        + ") || ':' || "
        + text(field, member.type(), position);
  }
}
