package io.deltaferry.localgcp.bigquery.type;

import io.deltaferry.localgcp.http.GoogleError;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** BigQuery's rules for column names, flexible names included. */
public final class ColumnNames {
  private static final int MAX_CHARACTERS = 300;

  /** Letters, digits, connectors, dashes and marks of any script, and a few ASCII signs. */
  private static final Pattern ALLOWED =
      Pattern.compile("[\\p{L}\\p{N}\\p{Pc}\\p{Pd}\\p{M}&%=+:'<>#|\\t ]+");

  private static final List<String> RESERVED =
      List.of("_TABLE_", "_FILE_", "_PARTITION", "_ROW_TIMESTAMP", "__ROOT__", "_COLIDENTIFIER");

  private ColumnNames() {}

  /**
   * Checks the names of one level and of the levels below it.
   *
   * @throws GoogleError {@code invalid}, naming the first field that is refused
   */
  public static void check(List<FieldSchema> fields) {
    Set<String> seen = new HashSet<>();
    for (FieldSchema field : fields) {
      check(field.name());
      if (!seen.add(field.name().toLowerCase(Locale.ROOT))) {
        throw GoogleError.invalid(
            "Duplicate field names are not allowed (case-insensitive): " + field.name());
      }
      check(field.fields());
    }
  }

  private static void check(String name) {
    if (name.codePointCount(0, name.length()) > MAX_CHARACTERS
        || !ALLOWED.matcher(name).matches()) {
      throw GoogleError.invalid(
          "Invalid field name \""
              + name
              + "\". Fields must contain the allowed characters, and be at most 300 characters"
              + " long. For allowed characters, please refer to"
              + " https://cloud.google.com/bigquery/docs/schemas#column_names");
    }
    String upper = name.toUpperCase(Locale.ROOT);
    if (RESERVED.stream().anyMatch(upper::startsWith)) {
      throw GoogleError.invalid(
          "Invalid field name \""
              + name
              + "\". Field names are not allowed to start with the (case-insensitive) prefixes "
              + String.join(", ", RESERVED));
    }
  }
}
