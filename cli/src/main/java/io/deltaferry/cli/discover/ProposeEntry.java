package io.deltaferry.cli.discover;

import io.deltaferry.cli.discover.CursorGuess.Guess;
import io.deltaferry.cli.draft.EntryDraft;
import io.deltaferry.cli.draft.EntryDraft.Setting;
import io.deltaferry.sql.PgIdentifier;
import io.deltaferry.sql.PgTable;
import io.deltaferry.table.CatalogTable;
import io.deltaferry.table.CatalogTable.MadeBy;
import io.deltaferry.table.Column;
import io.deltaferry.table.SourceTable;
import io.deltaferry.table.SyncMode;
import io.deltaferry.type.ColumnNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a table file could say about one table, and what to know before one believes it. */
final class ProposeEntry {
  private static final String WARNING = "warning: ";

  /** More than one request can copy in one snapshot, at a modest pace. */
  private static final long MANY = 5_000_000;

  /** So many names are a help and no list. */
  private static final int FEW = 3;

  private final CatalogTable table;
  private final CursorGuess cursors;
  private final List<String> notes = new ArrayList<>();
  private final List<Setting> settings = new ArrayList<>();

  /** Empty for none. */
  private List<String> key = List.of();

  private ProposeEntry(CatalogTable table) {
    this.table = table;
    this.cursors = new CursorGuess(table);
  }

  static EntryDraft of(String name, CatalogTable table) {
    return new ProposeEntry(table).propose(name);
  }

  private EntryDraft propose(String name) {
    notes.add(size(table.size()));
    settings.add(Setting.of("source", table.name().toString()));
    heirs();
    boolean keyed = key();
    boolean ordered = cursor(keyed);
    if (!keyed || !ordered) {
      copyAll();
    }
    cursors.partition().ifPresent(column -> notes.add("partition by day of " + column.name()));
    boolean typed = columns();
    if (!table.readable()) {
      warn(
          "whoever looked may not read it: GRANT SELECT ON TABLE %s TO the user".formatted(path()));
    }
    return new EntryDraft(name, notes, settings, typed);
  }

  private static String size(CatalogTable.Size size) {
    return size.known()
        ? String.format(Locale.ROOT, "about %,d rows, %s", size.rows(), bytes(size.bytes()))
        : "rows unknown: never analysed";
  }

  /** In the largest unit that leaves a whole number. */
  private static String bytes(long bytes) {
    String[] units = {"bytes", "KiB", "MiB", "GiB", "TiB"};
    long rest = bytes;
    int unit = 0;
    while (rest >= 10_240 && unit < units.length - 1) {
      rest = (rest + 512) / 1024;
      unit++;
    }
    return String.format(Locale.ROOT, "%,d %s", rest, units[unit]);
  }

  private boolean key() {
    KeyGuess keys = new KeyGuess(table);
    key = keys.best();
    if (key.isEmpty()) {
      keys.refusals().forEach(this::warn);
      warn(
          "no key, so each run copies all rows; or name the columns that identify a row under"
              + " `key`, with `assume_unique: true` where no unique index proves it");
      return false;
    }
    if (table.schema().key().isEmpty()) {
      notes.add("no primary key; a unique index identifies its rows");
    } else if (!key.equals(table.schema().key())) {
      notes.add("BigQuery cannot have the primary key; a unique index identifies its rows");
    }
    settings.add(Setting.of("key", key));
    return true;
  }

  private boolean cursor(boolean keyed) {
    Guess guess = cursors.best().orElse(null);
    if (guess == null) {
      warn("no column that every change raises was found, so each run copies all rows");
      cursors.doubtful().ifPresent(this::ifEveryChangeRaisesIt);
      cursors.forInsertsOnly().ifPresent(this::insertsOnly);
      return false;
    }
    Setting cursor = Setting.of("cursor", guess.column().name());
    settings.add(keyed ? cursor : cursor.off());
    doubts(guess);
    return true;
  }

  private void ifEveryChangeRaisesIt(Column column) {
    notes.add(
        "if every change of a row raises %1$s, the cursor %1$s will do instead of the mode"
            .formatted(column.name()));
    settings.add(Setting.of("cursor", column.name()).off());
  }

  private void insertsOnly(Column column) {
    notes.add(
        "if rows are only ever added and never changed, the cursor %s will do instead of the mode"
            .formatted(column.name()));
    settings.add(Setting.of("cursor", column.name()).off());
  }

  private void copyAll() {
    settings.add(Setting.of("mode", SyncMode.REPLACE.word()));
    if (table.size().rows() >= MANY) {
      warn("so many rows are copied in one piece by `extract_in: job` only, or with `fuzzy: true`");
    }
  }

  private void doubts(Guess guess) {
    String name = guess.column().name();
    if (!guess.indexed()) {
      warn(
          "%s has no index, so every run reads the whole table: CREATE INDEX ON %s (%s)"
              .formatted(name, path(), PgIdentifier.quote(name)));
    }
    if (guess.maker() != MadeBy.DATABASE) {
      notes.add("no default or trigger sets %s, so `lateness` counts".formatted(name));
    }
    if (!guess.hasZone()) {
      notes.add(
          "%s has no time zone: without `cursor_time_zone`, `lateness` counts".formatted(name));
    }
    if (guess.column().nullable()) {
      warn(
          "a row whose %s is NULL is never seen: make it NOT NULL, or use `mode: replace`"
              .formatted(name));
    }
  }

  /** A read of a table is a read of those that inherit from it, and each has keys of its own. */
  private void heirs() {
    if (!table.heirs().isEmpty()) {
      warn(
          ("its rows are also those of tables that inherit from it (%s), where its key may"
                  + " stand again: give those no entry, or read its own rows only, with"
                  + " `query: SELECT * FROM ONLY %s`")
              .formatted(heirNames(), path()));
    }
  }

  private String heirNames() {
    List<SourceTable> heirs = table.heirs();
    String first =
        heirs.stream().limit(FEW).map(SourceTable::toString).collect(Collectors.joining(", "));
    return heirs.size() <= FEW ? first : first + " and %d more".formatted(heirs.size() - FEW);
  }

  /** Whether BigQuery takes all of them; what it does not take needs a decision. */
  private boolean columns() {
    List<String> refusals = new ArrayList<>();
    Refusal.of(() -> ColumnNames.check(names())).ifPresent(refusals::add);
    if (names().stream().anyMatch(String::isBlank)) {
      refusals.add("a column's name is blank, which no table file can say; rename it in a query");
    }
    for (Column column : table.schema().columns()) {
      Refusal.of(column, key).ifPresent(refusals::add);
    }
    refusals.forEach(this::warn);
    return refusals.isEmpty();
  }

  private List<String> names() {
    return table.schema().columns().stream().map(Column::name).toList();
  }

  private String path() {
    return PgTable.of(table.name().schema(), table.name().table()).sql();
  }

  private void warn(String what) {
    notes.add(WARNING + what);
  }
}
