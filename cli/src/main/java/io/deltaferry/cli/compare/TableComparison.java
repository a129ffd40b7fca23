package io.deltaferry.cli.compare;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a comparison found; holds counts and column names, never values.
 *
 * @param sourceRows rows in PostgreSQL
 * @param targetRows rows in BigQuery
 * @param missing rows whose key only PostgreSQL has
 * @param extra rows whose key only BigQuery has
 * @param different rows both have under one key, with different values
 * @param differentByColumn how many rows differ in a column, for columns that do
 * @param missingColumns columns the target lacks
 * @param clamped values PostgreSQL can hold and BigQuery cannot, compared as the bound they became
 */
public record TableComparison(
    long sourceRows,
    long targetRows,
    long missing,
    long extra,
    long different,
    Map<String, Long> differentByColumn,
    List<String> missingColumns,
    long clamped) {
  public TableComparison {
    differentByColumn = Collections.unmodifiableMap(new LinkedHashMap<>(differentByColumn));
    missingColumns = List.copyOf(missingColumns);
  }

  public boolean equal() {
    return missing == 0 && extra == 0 && different == 0 && missingColumns.isEmpty();
  }

  /** What differs, in words; {@code equal} when nothing does. */
  public String summary() {
    List<String> findings = new ArrayList<>();
    if (!missingColumns.isEmpty()) {
      findings.add("the target lacks " + String.join(", ", missingColumns));
    }
    if (missing > 0) {
      findings.add(missing + " missing");
    }
    if (extra > 0) {
      findings.add(extra + " extra");
    }
    if (different > 0) {
      findings.add(different + " different in " + differentByColumn);
    }
    return findings.isEmpty() ? "equal" : String.join("; ", findings);
  }
}
