package io.deltaferry.cli.discover;

import io.deltaferry.table.CatalogTable;
import io.deltaferry.table.CatalogTable.MadeBy;
import io.deltaferry.table.Column;
import io.deltaferry.type.CursorKind;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Which column every change raises, as its name, type and index suggest. A column that only an
 * INSERT sets is never taken by itself: a guess that loses updates is worse than none.
 */
final class CursorGuess {
  private static final Pattern CHANGED = Pattern.compile("(?i)updat|modif|chang");
  private static final Pattern CREATED = Pattern.compile("(?i)creat|insert|added");

  private final CatalogTable table;

  CursorGuess(CatalogTable table) {
    this.table = table;
  }

  /**
   * A column that could be the cursor.
   *
   * @param named whether its name says that changes raise it
   */
  record Guess(Column column, boolean named, boolean indexed, MadeBy maker) {
    boolean hasZone() {
      return column.type().name().equals(CursorKind.TIMESTAMPTZ.typeName());
    }
  }

  /** A time stamp whose name says so, best with an index; else another one that has an index. */
  Optional<Guess> best() {
    Comparator<Guess> order =
        Comparator.comparing(Guess::named)
            .thenComparing(Guess::indexed)
            .thenComparing(guess -> guess.maker() == MadeBy.DATABASE)
            .thenComparing(Guess::hasZone)
            .thenComparing(guess -> !guess.column().nullable())
            .reversed();
    return stamps(name -> !CREATED.matcher(name).find()).stream()
        .filter(guess -> guess.named() || guess.indexed())
        .min(order);
  }

  /** What would do where rows are only ever added: a time of creation, or an id of a sequence. */
  Optional<Column> forInsertsOnly() {
    Optional<Column> created =
        stamps(name -> CREATED.matcher(name).find()).stream()
            .filter(Guess::indexed)
            .map(Guess::column)
            .findFirst();
    return created.isPresent()
        ? created
        : table.schema().columns().stream()
            .filter(column -> table.madeBy().get(column.name()) == MadeBy.SEQUENCE)
            .filter(column -> table.indexed().contains(column.name()))
            .findFirst();
  }

  /** The time that says to which day a row belongs for good. */
  Optional<Column> partition() {
    List<Guess> created = stamps(name -> CREATED.matcher(name).find());
    return created.stream().map(Guess::column).findFirst();
  }

  private List<Guess> stamps(Predicate<String> named) {
    return table.schema().columns().stream()
        .filter(column -> isStamp(column) && named.test(column.name()))
        .map(this::guess)
        .toList();
  }

  private Guess guess(Column column) {
    String name = column.name();
    return new Guess(
        column,
        CHANGED.matcher(name).find(),
        table.indexed().contains(name),
        table.madeBy().getOrDefault(name, MadeBy.OTHERS));
  }

  private static boolean isStamp(Column column) {
    return CursorKind.of(column.type())
        .filter(kind -> kind == CursorKind.TIMESTAMPTZ || kind == CursorKind.TIMESTAMP)
        .isPresent();
  }
}
