package io.deltaferry.localgcp.bigquery.sql.translate;

import io.deltaferry.localgcp.bigquery.sql.syntax.Expr;
import io.deltaferry.localgcp.bigquery.sql.syntax.TypeName;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * FORMAT with a literal format of plain specifiers: %s, %t, %d, %f with their width and precision,
 * %%. A NULL makes the whole text NULL, but for %t.
 */
final class FormatText {
  private static final Pattern SPECIFIER = Pattern.compile("%([-+ 0]*\\d*)(\\.\\d+)?([a-zA-Z%])");

  private FormatText() {}

  static Typed write(Expr.Call call, List<Typed> arguments) {
    Expr.Literal format = arguments.isEmpty() ? null : arguments.get(0).literal();
    if (format == null || !arguments.get(0).type().equals(Types.STRING)) {
      throw call.position().unsupported("FORMAT with a format that is not a literal");
    }
    List<String> parts = new ArrayList<>();
    Matcher matcher = SPECIFIER.matcher(format.value());
    int end = 0;
    int next = 1;
    while (matcher.find()) {
      parts.add(DuckText.literal(format.value().substring(end, matcher.start())));
      end = matcher.end();
      if (matcher.group(3).equals("%")) {
        parts.add("'%'");
      } else if (next < arguments.size()) {
        parts.add(part(call, matcher, arguments.get(next++)));
      } else {
        throw call.position()
            .refuse("Too few arguments to FORMAT for pattern \"" + format.value() + "\"");
      }
    }
    if (next < arguments.size()) {
      throw call.position()
          .refuse("Too many arguments to FORMAT for pattern \"" + format.value() + "\"");
    }
    parts.add(DuckText.literal(format.value().substring(end)));
    return Typed.of("(" + String.join(" || ", parts) + ")", Types.STRING);
  }

  private static String part(Expr.Call call, Matcher specifier, Typed value) {
    String flags = specifier.group(1);
    String letter = specifier.group(3);
    TypeName type = value.type();
    boolean plain = flags.isEmpty() && specifier.group(2) == null;
    if ((letter.equals("s") || letter.equals("t")) && plain) {
      if (letter.equals("t") && type instanceof TypeName.Scalar && !type.equals(Types.JSON)) {
        return "coalesce(" + written(value, call) + ", 'NULL')";
      } else if (letter.equals("s") && Coercion.possible(value, Types.STRING)) {
        return Coercion.sql(value, Types.STRING);
      }
    }
    if (letter.equals("d") && type.equals(Types.INT64) && specifier.group(2) == null) {
      return "printf('%" + flags + "d', " + value.sql() + ")";
    }
    if (letter.equals("f") && type.equals(Types.FLOAT64)) {
      return "printf(" + DuckText.literal(specifier.group()) + ", " + value.sql() + ")";
    }
    throw call.position().unsupported("FORMAT " + specifier.group() + " of " + type);
  }

  private static String written(Typed value, Expr.Call call) {
    String text = Casts.write(value, Types.STRING, false, call.position()).sql();
    return value.type().equals(Types.FLOAT64) ? "gsql_float_point(" + text + ")" : text;
  }
}
