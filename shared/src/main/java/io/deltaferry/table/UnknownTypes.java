package io.deltaferry.table;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What happens to a column whose PostgreSQL type has no declared mapping. */
public enum UnknownTypes {
  /** The table fails with an error that names the column. */
  FAIL,
  /** The column arrives as PostgreSQL's own text form, in a STRING. */
  TEXT;

  /** The name in table files, in lower case. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The setting of that word, or empty. */
  public static Optional<UnknownTypes> of(String word) {
    return Arrays.stream(values()).filter(value -> value.word().equals(word)).findFirst();
  }
}
