package io.deltaferry.type;

import io.deltaferry.error.DeltaferryException;
import io.deltaferry.error.ErrorCode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What BigQuery allows as a column's name. */
public final class ColumnNames {
  private static final int MAX_CHARACTERS = 300;
  private static final int SHOWN_LETTERS = 63;

  private static final List<String> RESERVED_PREFIXES =
      List.of(
          "_TABLE_",
          "_FILE_",
          "_PARTITION",
          "_ROW_TIMESTAMP",
          "__ROOT__",
          "_COLIDENTIFIER",
          "_CHANGE_SEQUENCE_NUMBER",
          "_CHANGE_TYPE",
          "_CHANGE_TIMESTAMP");

  /** Columns that Deltaferry adds, and aliases of its statements. */
  private static final Set<String> OWN =
      Set.of(
          "_uploaded_at",
          "_df_row",
          "_df_target",
          "_df_delta",
          "_df_deleted",
          "_df_deleted_at",
          "_df_snapshot",
          "_df_marks");

  /** Flexible column names, as BigQuery's documentation lists them. */
  private static final Pattern FLEXIBLE =
      Pattern.compile("[\\p{L}\\p{N}\\p{Pc}\\p{Pd}\\p{M}&%=+:'<>#| \\t]+");

  private ColumnNames() {}

  /** As {@link #check(Map)}, of columns that keep their names. */
  public static void check(Collection<String> names) {
    Map<String, String> kept = new LinkedHashMap<>();
    names.forEach(name -> kept.put(name, name));
    check(kept);
  }

  /**
   * Refuses names that BigQuery does not take.
   *
   * @param names by column of the source: what it is called in BigQuery
   * @throws DeltaferryException NAME_INVALID naming all offenders at once
   */
  public static void check(Map<String, String> names) {
    List<String> problems = new ArrayList<>();
    Map<String, String> seen = new HashMap<>();
    names.forEach(
        (column, name) -> {
          String shown = name.substring(0, Math.min(name.length(), SHOWN_LETTERS));
          problemsOf(name).forEach(problem -> problems.add("\"%s\" %s".formatted(shown, problem)));
          String other = seen.putIfAbsent(name.toUpperCase(Locale.ROOT), column);
          if (other != null) {
            problems.add(
                "\"%s\" and \"%s\" are one name in BigQuery, where case does not count"
                    .formatted(other, column));
          }
        });
    if (!problems.isEmpty()) {
      throw new DeltaferryException(
          ErrorCode.NAME_INVALID,
          String.join("; ", problems)
              + ". Give the column another name (`columns: {name: {rename: other}}`), or exclude"
              + " it");
    }
  }

  /** What is wrong with a name, to be said after it; empty for a fine one. */
  public static Optional<String> problem(String name) {
    List<String> problems = problemsOf(name);
    return problems.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", problems));
  }

  private static List<String> problemsOf(String name) {
    List<String> problems = new ArrayList<>();
    String upper = name.toUpperCase(Locale.ROOT);
    if (!FLEXIBLE.matcher(name).matches()) {
      problems.add("has signs that BigQuery does not take in a name");
    }
    if (name.codePointCount(0, name.length()) > MAX_CHARACTERS) {
      problems.add("has more than %d characters".formatted(MAX_CHARACTERS));
    }
    for (String prefix : RESERVED_PREFIXES) {
      if (upper.startsWith(prefix)) {
        problems.add("begins with %s, which BigQuery reserves".formatted(prefix));
      }
    }
    if (OWN.contains(name.toLowerCase(Locale.ROOT))) {
      problems.add("is a name that Deltaferry uses itself");
    }
    return problems;
  }
}
