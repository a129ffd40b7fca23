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
 * Which column every change raises, as its whole name says. An index says nothing of it, nor does a
 * name that only speaks of some change: a guess that loses updates is worse than none.
 */
final class CursorGuess {
  /** Such as updated_at, lastModifiedDate, row_changed_ts and date_updated. */
  private static final Pattern CHANGED =
      Pattern.compile(
          "(?i)(?:(?:last|row|record|date|time|gmt|sys)[_ ]?)?"
              + "(?:updated?|modif(?:y|ied|ication)|changed?)"
              + "(?:[_ ]?(?:at|on|time|date|ts|timestamp|utc))*");

  private static final Pattern SOME_CHANGE = Pattern.compile("(?i)updat|modif|chang");
  private static final Pattern CREATED = Pattern.compile("(?i)creat|insert|added");

  private final CatalogTable table;

  CursorGuess(CatalogTable table) {
    this.table = table;
  }

  /** A column that could be the cursor. */
  record Guess(Column column, boolean indexed, MadeBy maker) {
    boolean hasZone() {
      return column.type().name().equals(CursorKind.TIMESTAMPTZ.typeName());
    }
  }

  /** A time stamp whose whole name says so, best with an index. */
  Optional<Guess> best() {
    return stamps(name -> CHANGED.matcher(name).matches()).stream().min(order());
  }

  /** A time stamp that somebody may know to be raised by every change. */
  Optional<Column> doubtful() {
    Comparator<Guess> order =
        Comparator.comparing((Guess guess) -> !speaksOfSomeChange(guess)).thenComparing(order());
    return stamps(name -> !CREATED.matcher(name).find()).stream()
        .filter(guess -> guess.indexed() || speaksOfSomeChange(guess))
        .min(order)
        .map(Guess::column);
  }

  private static boolean speaksOfSomeChange(Guess guess) {
    return SOME_CHANGE.matcher(guess.column().name()).find();
  }

  private static Comparator<Guess> order() {
    return Comparator.comparing(Guess::indexed)
        .thenComparing(guess -> guess.maker() == MadeBy.DATABASE)
        .thenComparing(Guess::hasZone)
        .thenComparing(guess -> !guess.column().nullable())
        .reversed();
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
        column, table.indexed().contains(name), table.madeBy().getOrDefault(name, MadeBy.OTHERS));
  }

  private static boolean isStamp(Column column) {
    return CursorKind.of(column.type())
        .filter(kind -> kind == CursorKind.TIMESTAMPTZ || kind == CursorKind.TIMESTAMP)
        .isPresent();
  }
}
