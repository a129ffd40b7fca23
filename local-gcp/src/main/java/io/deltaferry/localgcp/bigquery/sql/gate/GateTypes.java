package io.deltaferry.localgcp.bigquery.sql.gate;

import com.google.zetasql.StructType;
import com.google.zetasql.Type;
import com.google.zetasql.TypeFactory;
import com.google.zetasql.ZetaSQLType.TypeKind;
import io.deltaferry.localgcp.bigquery.sql.syntax.TypeName;

/** GoogleSQL types as the analyzer's. */
final class GateTypes {
  private GateTypes() {}

  static Type of(String text) {
    return of(TypeName.parse(text));
  }

  private static Type of(TypeName type) {
    if (type instanceof TypeName.Array array) {
      return TypeFactory.createArrayType(of(array.element()));
    }
    if (type instanceof TypeName.Struct struct) {
      return TypeFactory.createStructType(
          struct.members().stream()
              .map(
                  member ->
                      new StructType.StructField(
                          member.name() == null ? "" : member.name(), of(member.type())))
              .toList());
    }
    String name = ((TypeName.Scalar) type).name();
    return TypeFactory.createSimpleType(
        name.equals("FLOAT64") ? TypeKind.TYPE_DOUBLE : TypeKind.valueOf("TYPE_" + name));
  }
}
