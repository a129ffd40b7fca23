package io.deltaferry.localgcp.bigquery.sql.translate;

import io.deltaferry.localgcp.bigquery.sql.syntax.TypeName;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The types of expressions: without parameters, which belong to columns. */
final class Types {
  static final TypeName BOOL = scalar("BOOL");
  static final TypeName INT64 = scalar("INT64");
  static final TypeName FLOAT64 = scalar("FLOAT64");
  static final TypeName NUMERIC = scalar("NUMERIC");
  static final TypeName BIGNUMERIC = scalar("BIGNUMERIC");
  static final TypeName STRING = scalar("STRING");
  static final TypeName BYTES = scalar("BYTES");
  static final TypeName DATE = scalar("DATE");
  static final TypeName DATETIME = scalar("DATETIME");
  static final TypeName TIME = scalar("TIME");
  static final TypeName TIMESTAMP = scalar("TIMESTAMP");
  static final TypeName JSON = scalar("JSON");
  static final TypeName INTERVAL = scalar("INTERVAL");

  /** The type of a bare NULL: it becomes any other. */
  static final TypeName NULL = scalar("NULL");

  // Each coerces to those after it.
  private static final List<TypeName> NUMBERS = List.of(INT64, NUMERIC, BIGNUMERIC, FLOAT64);

  private Types() {}

  private static TypeName scalar(String name) {
    return new TypeName.Scalar(name, List.of());
  }

  /** The type of an expression over a column declared so. */
  static TypeName plain(TypeName declared) {
    if (declared instanceof TypeName.Scalar scalar) {
      return scalar(scalar.name());
    }
    if (declared instanceof TypeName.Array array) {
      return new TypeName.Array(plain(array.element()));
    }
    TypeName.Struct struct = (TypeName.Struct) declared;
    return new TypeName.Struct(
        struct.members().stream()
            .map(member -> new TypeName.Member(member.name(), plain(member.type())))
            .toList());
  }

  /** A value of nothing but NULL is an INT64 wherever its type must be said. */
  static TypeName known(TypeName type) {
    if (type instanceof TypeName.Array array) {
      return new TypeName.Array(known(array.element()));
    }
    if (type instanceof TypeName.Struct struct) {
      return new TypeName.Struct(
          struct.members().stream()
              .map(member -> new TypeName.Member(member.name(), known(member.type())))
              .toList());
    }
    return type.equals(NULL) ? INT64 : type;
  }

  static boolean isNumber(TypeName type) {
    return NUMBERS.contains(type);
  }

  /** Whether a value of the one becomes the other without a cast being written. */
  static boolean coerces(TypeName from, TypeName to) {
    if (from.equals(to) || from.equals(NULL)) {
      return true;
    }
    if (isNumber(from) && isNumber(to)) {
      return NUMBERS.indexOf(from) < NUMBERS.indexOf(to);
    }
    return from.equals(DATE) && to.equals(DATETIME);
  }

  /** The smallest type both become, if there is one. */
  static Optional<TypeName> common(TypeName a, TypeName b) {
    if (coerces(a, b)) {
      return Optional.of(b);
    }
    return coerces(b, a) ? Optional.of(a) : Optional.empty();
  }

  /** The DuckDB type that holds values of this one. */
  static String duck(TypeName type) {
    if (type instanceof TypeName.Array array) {
      return duck(array.element()) + "[]";
    }
    if (type instanceof TypeName.Struct struct) {
      return IntStream.range(0, struct.members().size())
          .mapToObj(
              i ->
                  DuckText.identifier(memberName(struct, i))
                      + " "
                      + duck(struct.members().get(i).type()))
          .collect(Collectors.joining(", ", "STRUCT(", ")"));
    }
    return switch (((TypeName.Scalar) type).name()) {
      case "BOOL" -> "BOOLEAN";
      case "INT64", "NULL" -> "BIGINT";
      case "FLOAT64" -> "DOUBLE";
      case "NUMERIC" -> "DECIMAL(38,9)";
      case "BIGNUMERIC" -> "BIGNUM";
      case "BYTES" -> "BLOB";
      case "DATETIME" -> "TIMESTAMP";
      case "TIMESTAMP" -> "TIMESTAMPTZ";
      case "DATE", "TIME", "JSON", "INTERVAL" -> ((TypeName.Scalar) type).name();
      case "STRING", "GEOGRAPHY" -> "VARCHAR";
      default -> throw new IllegalStateException("no DuckDB type for " + type);
    };
  }

  /** DuckDB has no anonymous members, nor two of one name: those are numbered. */
  static String memberName(TypeName.Struct struct, int index) {
    String name = struct.members().get(index).name();
    boolean repeated =
        struct.members().subList(0, index).stream()
            .anyMatch(earlier -> name != null && name.equalsIgnoreCase(earlier.name()));
    return name == null || repeated ? "_field_" + (index + 1) : name;
  }

  /** One member of a struct's DuckDB text. */
  static Typed member(String sql, TypeName.Struct struct, int index) {
    String name = DuckText.literal(memberName(struct, index));
    return Typed.of(
        "struct_extract(" + sql + ", " + name + ")", struct.members().get(index).type());
  }
}
