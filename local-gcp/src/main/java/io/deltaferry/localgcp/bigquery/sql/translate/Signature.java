package io.deltaferry.localgcp.bigquery.sql.translate;

import io.deltaferry.localgcp.bigquery.sql.syntax.TypeName;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * One way to call a function, a line of {@code functions.txt}: {@code NAME(TYPE, TYPE...) TYPE =
 * template}. T stands for one type all arguments so declared have in common; three dots let the
 * last argument repeat.
 */
record Signature(
    String name, List<TypeName> parameters, boolean variadic, TypeName result, String template) {
  static final TypeName ANY = new TypeName.Scalar("T", List.of());
  private static final TypeName ANY_ARRAY = new TypeName.Array(ANY);

  static Signature parse(String line) {
    int open = line.indexOf('(');
    int close = line.indexOf(") ");
    int equals = line.indexOf(" = ");
    List<TypeName> parameters = new ArrayList<>();
    boolean variadic = false;
    for (String text : line.substring(open + 1, close).split(", ?", -1)) {
      if (!text.isBlank()) {
        variadic = text.endsWith("...");
        parameters.add(type(variadic ? text.substring(0, text.length() - 3) : text));
      }
    }
    TypeName result = type(line.substring(close + 2, equals).strip());
    return new Signature(
        line.substring(0, open), parameters, variadic, result, line.substring(equals + 3).strip());
  }

  private static TypeName type(String text) {
    return switch (text) {
      case "T" -> ANY;
      case "ARRAY<T>" -> ANY_ARRAY;
      default -> TypeName.parse(text);
    };
  }

  /** How far the arguments are from this signature: 0 is exact; empty is no match. */
  OptionalInt distance(List<Typed> arguments) {
    if (variadic ? arguments.size() < parameters.size() : arguments.size() != parameters.size()) {
      return OptionalInt.empty();
    }
    TypeName any = any(arguments);
    int distance = 0;
    for (int i = 0; i < arguments.size(); i++) {
      TypeName wanted = bound(parameter(i), any);
      Typed argument = arguments.get(i);
      if ((any == null && isGeneric(parameter(i))) || !Coercion.possible(argument, wanted)) {
        return OptionalInt.empty();
      }
      distance += step(argument, wanted);
    }
    return OptionalInt.of(distance);
  }

  private static int step(Typed argument, TypeName wanted) {
    if (argument.type().equals(wanted)) {
      return 0;
    }
    if (argument.literal() != null && argument.type().equals(Types.STRING)) {
      // BigQuery reads a bare text rather as a timestamp than as a date.
      return wanted.equals(Types.TIMESTAMP) ? 1 : 2;
    }
    List<TypeName> order = List.of(Types.NUMERIC, Types.BIGNUMERIC, Types.FLOAT64);
    return order.contains(wanted) ? 1 + order.indexOf(wanted) : 1;
  }

  /** What T is for these arguments, or null when they have nothing in common. */
  @Nullable TypeName any(List<Typed> arguments) {
    List<Typed> generic = new ArrayList<>();
    for (int i = 0; i < arguments.size(); i++) {
      if (parameter(i).equals(ANY)) {
        generic.add(arguments.get(i));
      } else if (parameter(i).equals(ANY_ARRAY)
          && arguments.get(i).type() instanceof TypeName.Array array) {
        generic.add(Typed.of("", array.element()));
      }
    }
    return Coercion.common(generic).orElse(null);
  }

  /** The call as DuckDB text; {@link #distance} must be known. */
  Typed write(List<Typed> arguments) {
    TypeName any = any(arguments);
    List<String> sql = new ArrayList<>();
    for (int i = 0; i < arguments.size(); i++) {
      sql.add(Coercion.sql(arguments.get(i), bound(parameter(i), any)));
    }
    return Typed.of(fill(sql), bound(result, any));
  }

  /**
   * Fills the template's $1, $*, and $|| (joined by that operator); '$' is JSON's root, and
   * argument texts are not looked into.
   */
  private String fill(List<String> arguments) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < template.length(); i++) {
      char c = template.charAt(i);
      char next = i + 1 < template.length() ? template.charAt(i + 1) : ' ';
      if (c != '$' || next == '\'') {
        out.append(c);
      } else if (next == '*') {
        out.append(String.join(", ", arguments));
        i++;
      } else if (next == '|') {
        out.append(String.join(" || ", arguments));
        i += 2;
      } else {
        out.append(arguments.get(next - '1'));
        i++;
      }
    }
    return out.toString();
  }

  private TypeName parameter(int i) {
    return parameters.get(Math.min(i, parameters.size() - 1));
  }

  private static boolean isGeneric(TypeName type) {
    return type.equals(ANY) || type.equals(ANY_ARRAY);
  }

  private static TypeName bound(TypeName type, @Nullable TypeName any) {
    if (any == null || !isGeneric(type)) {
      return type;
    }
    return type.equals(ANY) ? any : new TypeName.Array(any);
  }
}
