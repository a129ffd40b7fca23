package io.deltaferry.localgcp.bigquery.sql.translate;

import io.deltaferry.localgcp.bigquery.sql.syntax.Expr;
import io.deltaferry.localgcp.bigquery.sql.syntax.Position;
import io.deltaferry.localgcp.bigquery.sql.syntax.TypeName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Writes what puts arrays and structs together, and what takes one value out. */
final class Constructors {
  private final Expressions expressions;

  Constructors(Expressions expressions) {
    this.expressions = expressions;
  }

  Optional<Typed> write(Expr expression) {
    if (expression instanceof Expr.Subscript subscript) {
      return Optional.of(subscript(subscript));
    } else if (expression instanceof Expr.ArrayOf array) {
      return Optional.of(array(array));
    } else if (expression instanceof Expr.StructOf struct) {
      return Optional.of(struct(struct));
    } else if (expression instanceof Expr.ArrayQuery query) {
      Queries.Result result = expressions.subquery(query.query());
      TypeName element = Expressions.single(result, "ARRAY subquery");
      return Optional.of(Typed.of("ARRAY(" + result.sql() + ")", new TypeName.Array(element)));
    }
    return Optional.empty();
  }

  private Typed subscript(Expr.Subscript subscript) {
    Typed base = expressions.write(subscript.base());
    Typed index = expressions.write(subscript.index());
    if (base.type().equals(Types.JSON) && subscript.mode().equals("PLAIN")) {
      return json(base, index, subscript.position());
    }
    if (!(base.type() instanceof TypeName.Array array)) {
      throw subscript
          .position()
          .refuse("Subscript access using [] is not supported on values of type " + base.type());
    }
    boolean ordinal = subscript.mode().endsWith("ORDINAL");
    String place = Coercion.sql(index, Types.INT64) + (ordinal ? "" : " + 1");
    String name = subscript.mode().startsWith("SAFE") ? "gsql_safe_element" : "gsql_element";
    return Typed.of(name + "(" + base.sql() + ", " + place + ")", array.element());
  }

  private static Typed json(Typed base, Typed index, Position position) {
    if (index.type().equals(Types.STRING)) {
      return Typed.of(
          "json_extract(" + base.sql() + ", '$.\"' || " + index.sql() + " || '\"')", Types.JSON);
    }
    if (index.type().equals(Types.INT64)) {
      return Typed.of("gsql_json_element(" + base.sql() + ", " + index.sql() + ")", Types.JSON);
    }
    throw position.refuse("Subscript of JSON must be of type STRING or INT64");
  }

  private Typed array(Expr.ArrayOf array) {
    List<Typed> elements = array.elements().stream().map(expressions::write).toList();
    TypeName element =
        array.type() instanceof TypeName.Array of
            ? Types.plain(of.element())
            : Expressions.common(elements, Position.UNKNOWN, "array constructor");
    if (element instanceof TypeName.Array) {
      throw Position.UNKNOWN.refuse(
          "Cannot construct array with element type ARRAY because nested arrays are not supported");
    }
    // Elements of nothing but NULL, or none at all: it becomes an array of any type.
    TypeName type = new TypeName.Array(element);
    String sql =
        elements.stream()
            .map(e -> Coercion.sql(checked(e, element), element))
            .collect(Collectors.joining(", ", "[", "]"));
    return Typed.of("CAST(" + sql + " AS " + Types.duck(type) + ")", type);
  }

  private static Typed checked(Typed value, TypeName type) {
    if (!Coercion.possible(value, type)) {
      throw Position.UNKNOWN.refuse(
          "Array element type " + value.type() + " does not coerce to " + type);
    }
    return value;
  }

  private Typed struct(Expr.StructOf struct) {
    List<Typed> values = struct.members().stream().map(m -> expressions.write(m.value())).toList();
    TypeName.Struct type =
        struct.type() instanceof TypeName.Struct declared
            ? (TypeName.Struct) Types.plain(declared)
            : inferred(struct, values);
    if (type.members().size() != values.size()) {
      throw Position.UNKNOWN.refuse(
          "STRUCT type has "
              + type.members().size()
              + " fields but constructor call has "
              + values.size()
              + " fields");
    }
    List<String> members = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      TypeName wanted = type.members().get(i).type();
      members.add(
          DuckText.identifier(Types.memberName(type, i))
              + " := "
              + Coercion.sql(checked(values.get(i), wanted), wanted));
    }
    return Typed.of("struct_pack(" + String.join(", ", members) + ")", type);
  }

  private static TypeName.Struct inferred(Expr.StructOf struct, List<Typed> values) {
    List<TypeName.Member> members = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      String name = struct.members().get(i).name();
      members.add(new TypeName.Member(name, values.get(i).type()));
    }
    return new TypeName.Struct(members);
  }
}
