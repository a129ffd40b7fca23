package io.deltaferry.cli.discover;

import io.deltaferry.table.SourceTable;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Names of entries: the table's own, with its schema's in front where two tables share it. What a
 * table file does not take in a name becomes an underscore, and what is then still no name of its
 * own gets a number.
 */
public final class EntryNames {
  private static final Pattern REFUSED = Pattern.compile("[^A-Za-z0-9_-]");
  private static final int MOST = 100;

  private final Map<String, Integer> shared = new HashMap<>();
  private final Set<String> taken = new HashSet<>();

  private EntryNames() {}

  /** The names, in the tables' order. */
  public static List<String> of(List<SourceTable> tables) {
    EntryNames names = new EntryNames();
    tables.forEach(table -> names.shared.merge(folded(table.table()), 1, Integer::sum));
    return tables.stream().map(names::name).toList();
  }

  /** The text with nothing in it that a table file does not take in a name. */
  public static String legal(String text) {
    String kept = REFUSED.matcher(text).replaceAll("_").replaceFirst("^-", "_");
    return kept.substring(0, Math.min(kept.length(), MOST));
  }

  private String name(SourceTable table) {
    boolean alone = shared.getOrDefault(folded(table.table()), 0) == 1;
    String wanted = legal(alone ? table.table() : table.schema() + "_" + table.table());
    String name = wanted;
    for (int number = 2; !taken.add(name.toLowerCase(Locale.ROOT)); number++) {
      String suffix = "_" + number;
      name = wanted.substring(0, Math.min(wanted.length(), MOST - suffix.length())) + suffix;
    }
    return name;
  }

  private static String folded(String table) {
    return legal(table).toLowerCase(Locale.ROOT);
  }
}
