package io.deltaferry.localgcp.bigquery.sql.syntax;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A type as written in SQL, in its GoogleSQL spelling. */
public sealed interface TypeName {
  /**
   * Reads a type from its GoogleSQL text.
   *
   * @throws io.deltaferry.localgcp.http.GoogleError when it is none
   */
  static TypeName parse(String text) {
    return new TypeParser(new Tokens(text, Lexer.tokens(text, new Position(1, 1)))).type();
  }

  /**
   * Everything but arrays and structs.
   *
   * @param name canonical: INT64, not INTEGER
   */
  record Scalar(String name, List<Integer> parameters) implements TypeName {
    public Scalar {
      parameters = List.copyOf(parameters);
    }

    @Override
    public String toString() {
      return parameters.isEmpty()
          ? name
          : name
              + parameters.stream()
                  .map(String::valueOf)
                  .collect(Collectors.joining(", ", "(", ")"));
    }
  }

  /** ARRAY. */
  record Array(TypeName element) implements TypeName {
    @Override
    public String toString() {
      return "ARRAY<" + element + ">";
    }
  }

  /** STRUCT. */
  record Struct(List<Member> members) implements TypeName {
    public Struct {
      members = List.copyOf(members);
    }

    @Override
    public String toString() {
      return members.stream()
          .map(m -> m.name() == null ? m.type().toString() : m.name() + " " + m.type())
          .collect(Collectors.joining(", ", "STRUCT<", ">"));
    }
  }

  /** One member; a null name makes it anonymous. */
  record Member(@Nullable String name, TypeName type) {}
}
