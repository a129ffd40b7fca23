package io.deltaferry.localgcp.bigquery.sql.translate;

import io.deltaferry.localgcp.bigquery.sql.syntax.Expr;
import io.deltaferry.localgcp.bigquery.sql.syntax.Expr.LiteralType;
import io.deltaferry.localgcp.bigquery.sql.syntax.TypeName;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What becomes what without a cast being written. */
final class Coercion {
  private static final Set<TypeName> FROM_TEXT =
      Set.of(Types.DATE, Types.DATETIME, Types.TIME, Types.TIMESTAMP);

  // Literals of these types become other types than their own.
  private static final Set<TypeName> YIELDING =
      Set.of(Types.NULL, Types.STRING, Types.INT64, Types.FLOAT64);

  private Coercion() {}

  static boolean possible(Typed value, TypeName to) {
    if (Types.coerces(value.type(), to)) {
      return true;
    }
    if (value.type().equals(Types.STRING) && (value.literal() != null || value.parameter())) {
      return FROM_TEXT.contains(to);
    }
    if (value.literal() != null && value.type().equals(Types.FLOAT64)) {
      return to.equals(Types.NUMERIC) || to.equals(Types.BIGNUMERIC);
    }
    return structurally(value.type(), to);
  }

  private static boolean structurally(TypeName from, TypeName to) {
    if (from instanceof TypeName.Array a && to instanceof TypeName.Array b) {
      return Types.coerces(a.element(), b.element()) || structurally(a.element(), b.element());
    }
    if (from instanceof TypeName.Struct a && to instanceof TypeName.Struct b) {
      if (a.members().size() != b.members().size()) {
        return false;
      }
      for (int i = 0; i < a.members().size(); i++) {
        TypeName one = a.members().get(i).type();
        TypeName other = b.members().get(i).type();
        if (!Types.coerces(one, other) && !structurally(one, other)) {
          return false;
        }
      }
      return true;
    }
    return false;
  }

  /** The value as the other type; {@link #possible} must hold. */
  static String sql(Typed value, TypeName to) {
    TypeName from = value.type();
    if (from.equals(to)) {
      return value.sql();
    }
    if (from.equals(Types.NULL)) {
      return "CAST(NULL AS " + Types.duck(to) + ")";
    }
    Expr.Literal literal = value.literal();
    if (literal != null && from.equals(Types.STRING)) {
      return Literals.write(
          new Expr.Literal(
              LiteralType.valueOf(to.toString()), literal.value(), literal.position()));
    }
    if (literal != null && from.equals(Types.FLOAT64) && !to.equals(Types.FLOAT64)) {
      return Literals.write(
          new Expr.Literal(
              LiteralType.valueOf(to.toString()), literal.value(), literal.position()));
    }
    if (from instanceof TypeName.Scalar) {
      return Casts.sql(value.sql(), from, to);
    }
    return compound(value.sql(), from, to);
  }

  private static String compound(String sql, TypeName from, TypeName to) {
    if (from instanceof TypeName.Array a && to instanceof TypeName.Array b) {
      String element = sql(Typed.of("e", a.element()), b.element());
      return "list_transform(" + sql + ", lambda e: " + element + ")";
    }
    TypeName.Struct a = (TypeName.Struct) from;
    TypeName.Struct b = (TypeName.Struct) to;
    StringBuilder members = new StringBuilder();
    for (int i = 0; i < a.members().size(); i++) {
      Typed member = Types.member(sql, a, i);
      members
          .append(i == 0 ? "" : ", ")
          .append(DuckText.identifier(Types.memberName(b, i)))
          .append(" := ")
          .append(sql(member, b.members().get(i).type()));
    }
    return "CASE WHEN " + sql + " IS NULL THEN NULL ELSE struct_pack(" + members + ") END";
  }

  /** The type all of them become, if there is one. */
  static Optional<TypeName> common(List<Typed> values) {
    TypeName common = Types.NULL;
    for (Typed value : values) {
      if (!yields(value)) {
        Optional<TypeName> next = join(common, value.type());
        if (next.isEmpty()) {
          return next;
        }
        common = next.get();
      }
    }
    // What such a literal or parameter is decides only where nothing else does.
    for (Typed value : values) {
      if (!possible(value, common)) {
        Optional<TypeName> next = join(common, value.type());
        if (next.isEmpty()) {
          return next;
        }
        common = next.get();
      }
    }
    return Optional.of(common);
  }

  private static boolean yields(Typed value) {
    return value.parameter() || (value.literal() != null && YIELDING.contains(value.type()));
  }

  private static Optional<TypeName> join(TypeName a, TypeName b) {
    // The first one's field names stay.
    if (structurally(b, a)) {
      return Optional.of(a);
    }
    return structurally(a, b) ? Optional.of(b) : Types.common(a, b);
  }
}
