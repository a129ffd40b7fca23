package io.deltaferry.localgcp.bigquery.type;

import io.deltaferry.localgcp.http.GoogleError;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Types in GoogleSQL's words, such as {@code ARRAY<STRUCT<a NUMERIC(10, 2)>>}. */
public final class GoogleSqlTypes {
  private static final Pattern PLAIN_NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  private GoogleSqlTypes() {}

  /** The field's type with its parameters; the mode REQUIRED is not part of a type. */
  public static String write(FieldSchema field) {
    return field.isRepeated() ? "ARRAY<" + element(field) + ">" : element(field);
  }

  private static String element(FieldSchema field) {
    if (field.type() == BigQueryType.STRUCT) {
      return field.fields().stream()
          .map(member -> name(member.name()) + write(member))
          .collect(Collectors.joining(", ", "STRUCT<", ">"));
    }
    if (field.maxLength() != null) {
      return field.type() + "(" + field.maxLength() + ")";
    }
    if (field.precision() == null) {
      return field.type().name();
    }
    String scale = field.scale() == null ? "" : ", " + field.scale();
    return field.type() + "(" + field.precision() + scale + ")";
  }

  private static String name(String name) {
    if (name.isEmpty()) {
      return "";
    }
    return (PLAIN_NAME.matcher(name).matches() ? name : "`" + name + "`") + " ";
  }

  /**
   * Reads a type as the type of a field of this name; an array becomes REPEATED.
   *
   * @throws GoogleError {@code invalidQuery} for text that is no type, or an array of arrays
   */
  public static FieldSchema read(String name, String type) {
    TypeTextReader reader = new TypeTextReader(type);
    try {
      FieldSchema field = type(name, reader);
      if (!reader.atEnd()) {
        throw reader.unreadable();
      }
      return field;
    } catch (IllegalArgumentException e) {
      throw new GoogleError(400, "invalidQuery", "Type not found: " + type);
    }
  }

  private static FieldSchema type(String name, TypeTextReader reader) {
    String word = reader.word().toUpperCase(Locale.ROOT);
    if (word.equals("ARRAY")) {
      reader.expect('<');
      FieldSchema element = type(name, reader);
      reader.expect('>');
      if (element.isRepeated()) {
        throw new GoogleError(
            400, "invalidQuery", "Cannot construct array with element type ARRAY");
      }
      return element.withMode(FieldMode.REPEATED);
    }
    if (word.equals("STRUCT")) {
      return FieldSchema.struct(name, FieldMode.NULLABLE, members(reader));
    }
    FieldSchema plain = FieldSchema.nullable(name, BigQueryType.parse(word));
    return reader.take('(') ? parameters(plain, reader) : plain;
  }

  private static List<FieldSchema> members(TypeTextReader reader) {
    List<FieldSchema> members = new ArrayList<>();
    reader.expect('<');
    do {
      String name = reader.name();
      // A lone word is a type without a name, as in STRUCT<INT64>; it is not read here.
      members.add(type(name, reader));
    } while (reader.take(','));
    reader.expect('>');
    return members;
  }

  private static FieldSchema parameters(FieldSchema field, TypeTextReader reader) {
    int first = reader.number();
    @Nullable Integer second = reader.take(',') ? Integer.valueOf(reader.number()) : null;
    reader.expect(')');
    boolean text = field.type() == BigQueryType.STRING || field.type() == BigQueryType.BYTES;
    if (text) {
      return field.withMaxLength(first);
    }
    return new FieldSchema(
        field.name(), field.type(), field.mode(), List.of(), first, second, null, null, null);
  }
}
