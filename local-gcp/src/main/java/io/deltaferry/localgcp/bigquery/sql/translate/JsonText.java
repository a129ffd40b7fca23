package io.deltaferry.localgcp.bigquery.sql.translate;

import io.deltaferry.localgcp.bigquery.sql.syntax.Expr;
import io.deltaferry.localgcp.bigquery.sql.syntax.Position;
import io.deltaferry.localgcp.bigquery.sql.syntax.TypeName;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** TO_JSON_STRING and TO_JSON, spelled out type by type. */
final class JsonText {
  private final Position position;
  private final boolean numbers;

  /**
   * @param numbers whether each number is one in JSON too; TO_JSON_STRING writes those as texts
   *     that a FLOAT64 could not hold
   */
  private JsonText(Position position, boolean numbers) {
    this.position = position;
    this.numbers = numbers;
  }

  static Typed write(Expr.Call call, List<Typed> arguments) {
    if (arguments.size() != 1) {
      throw call.position().unsupported(call.name() + " with other than one argument");
    }
    boolean json = call.name().equals("TO_JSON");
    Typed value = arguments.get(0);
    String text = new JsonText(call.position(), json).text(value.sql(), value.type());
    return json
        ? Typed.of("gsql_parse_json(" + text + ")", Types.JSON)
        : Typed.of(text, Types.STRING);
  }

  private String text(String value, TypeName type) {
    return "coalesce(" + present(value, type) + ", 'null')";
  }

  private String present(String value, TypeName type) {
    if (type instanceof TypeName.Array array) {
      String element = text("e", array.element());
      return "'[' || array_to_string(list_transform("
          + value
          + ", lambda e: "
          + element
          + "), ',') || ']'";
    }
    if (type instanceof TypeName.Struct struct) {
      String members =
          IntStream.range(0, struct.members().size())
              .mapToObj(i -> member(value, struct, i))
              .collect(Collectors.joining(" || ',' || "));
      return "CASE WHEN " + value + " IS NOT NULL THEN '{' || " + members + " || '}' END";
    }
    return switch (((TypeName.Scalar) type).name()) {
      case "NULL" -> "CAST(NULL AS VARCHAR)";
      case "BOOL" -> "CAST(" + value + " AS VARCHAR)";
      case "INT64" -> exact("CAST(" + value + " AS VARCHAR)");
      case "FLOAT64" -> (numbers ? "gsql_json_float(" : "gsql_json_float64(") + value + ")";
      case "NUMERIC" -> exact("gsql_numeric_text(" + value + ")");
      case "BIGNUMERIC" -> exact("gsql_bignumeric_text(" + value + ")");
      case "STRING" -> "gsql_json_string(" + value + ")";
      case "BYTES" -> "'\"' || to_base64(" + value + ") || '\"'";
      case "DATE" -> "'\"' || CAST(" + value + " AS VARCHAR) || '\"'";
      case "TIME" -> "'\"' || gsql_time_text(" + value + ") || '\"'";
      case "DATETIME" -> "'\"' || replace(gsql_datetime_text(" + value + "), ' ', 'T') || '\"'";
      case "TIMESTAMP" ->
          "'\"' || replace(gsql_datetime_text(timezone('UTC', " + value + ")), ' ', 'T') || 'Z\"'";
      case "JSON" -> "gsql_json_text(" + value + ")";
      default -> throw position.unsupported("TO_JSON_STRING of " + type);
    };
  }

  private String exact(String number) {
    return numbers ? number : "gsql_json_exact(" + number + ")";
  }

  private String member(String value, TypeName.Struct struct, int index) {
    String name = struct.members().get(index).name();
    Typed member = Types.member(value, struct, index);
    return "gsql_json_string("
        + DuckText.literal(name == null ? "" : name)
        + ") || ':' || "
        + text(member.sql(), member.type());
  }
}
