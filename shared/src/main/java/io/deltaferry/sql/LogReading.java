package io.deltaferry.sql;

import io.deltaferry.error.DeltaferryException;
import io.deltaferry.error.ErrorCode;
import io.deltaferry.table.ChangeLog;
import io.deltaferry.table.Column;
import io.deltaferry.table.TableSchema;
import io.deltaferry.type.CursorKind;
import io.deltaferry.type.KeyCast;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A log as a run reads it, held against what the database has.
 *
 * @param log of the table file
 * @param id kind of the entries' numbers
 * @param keys the columns of the table's key, and how the log tells them
 * @param zone of a time without one; null where the time has one, or there is none
 * @param floor the largest number that was ever given to an entry, as far as that is known, for a
 *     log without entries; or null
 * @param oldest from which number on the log had all entries when the run was planned; null when
 *     nobody knows
 */
public record LogReading(
    ChangeLog log,
    CursorKind id,
    List<LogKey> keys,
    @Nullable String zone,
    @Nullable String floor,
    @Nullable String oldest) {
  private static final Set<String> TIMES = Set.of("timestamptz", "timestamp");

  public LogReading {
    keys = List.copyOf(keys);
  }

  /**
   * A column of the key.
   *
   * @param column of the table
   * @param log the log's column
   * @param scale of the key where that is declared, so that the same number has the same text; else
   *     null
   */
  public record LogKey(String column, String log, KeyCast cast, @Nullable Integer scale) {
    String sql() {
      String key = cast.sql(PgIdentifier.quote(log));
      return scale == null ? key : "pg_catalog.round(" + key + ", " + scale + ")";
    }
  }

  /**
   * Holds a log against the two tables.
   *
   * @param name of the table file's entry, for messages
   * @param entries the log's columns
   * @param rows the columns of the table that it tells of
   * @param key of that table
   * @param zone in which times without one are written
   * @throws DeltaferryException COLUMN_MISSING, CURSOR_INVALID, CHANGE_LOG_INVALID
   */
  public static LogReading of(
      String name,
      ChangeLog log,
      TableSchema entries,
      TableSchema rows,
      List<String> key,
      @Nullable ZoneId zone) {
    Matching matching = new Matching("tables." + name + ".change_log", log, entries, rows);
    matching.requireColumns(key);
    CursorKind id = matching.id();
    List<LogKey> keys = matching.keys(key);
    return new LogReading(log, id, keys, matching.zone(zone), null, null);
  }

  /** The same with what the log showed when a run was planned. */
  public LogReading seen(@Nullable String ever, @Nullable String from) {
    return new LogReading(log, id, keys, zone, ever, from);
  }

  /** The relation with the entries. */
  public PgTable table() {
    return PgTable.of(log.table().schema(), log.table().table());
  }

  /** The number of an entry, as what orders them. */
  public Cursor cursor() {
    return new Cursor(log.id(), id);
  }

  /** One comparison. */
  private record Matching(String where, ChangeLog log, TableSchema entries, TableSchema rows) {
    void requireColumns(List<String> key) {
      List<String> missing = new ArrayList<>();
      log.columns().stream()
          .filter(column -> entries.column(column).isEmpty())
          .forEach(column -> missing.add("\"" + column + "\" of " + log.table()));
      key.stream()
          .filter(column -> rows.column(column).isEmpty())
          .forEach(column -> missing.add("\"" + column + "\" of the source, in 'key'"));
      log.watch().stream()
          .filter(column -> rows.column(column).isEmpty())
          .forEach(column -> missing.add("\"" + column + "\" of the source, in 'watch'"));
      if (!missing.isEmpty()) {
        throw new DeltaferryException(
            ErrorCode.COLUMN_MISSING,
            "%s names columns that do not exist: %s; the log has %s"
                .formatted(
                    where,
                    String.join(", ", missing),
                    entries.columns().stream()
                        .map(Column::name)
                        .collect(Collectors.joining(", "))));
      }
    }

    CursorKind id() {
      Column column = entries.column(log.id()).orElseThrow();
      return CursorKind.of(column.type())
          .filter(kind -> !kind.holdsMoments() && kind != CursorKind.XID8)
          .orElseThrow(
              () ->
                  new DeltaferryException(
                      ErrorCode.CURSOR_INVALID,
                      "%s.id: \"%s\" has type %s; entries are numbered by an int2, int4 or int8"
                          .formatted(where, log.id(), column.type().display())));
    }

    List<LogKey> keys(List<String> key) {
      if (key.size() != log.key().size()) {
        throw invalid(
            "key: the log has %d columns for the key (%s), which has %d; list one for each, in that order"
                .formatted(log.key().size(), String.join(", ", key), key.size()));
      }
      List<LogKey> keys = new ArrayList<>();
      for (int i = 0; i < key.size(); i++) {
        keys.add(key(key.get(i), log.key().get(i)));
      }
      return keys;
    }

    private LogKey key(String column, String told) {
      Column own = rows.column(column).orElseThrow();
      Column other = entries.column(told).orElseThrow();
      Optional<KeyCast> cast = KeyCast.of(own.type(), other.type());
      OptionalInt scale = own.type().numericScale();
      return new LogKey(
          column,
          told,
          cast.orElseThrow(
              () ->
                  invalid(
                      "key: \"%s\" of type %s cannot become the key \"%s\" of type %s without a guess; let a view of the log make one type of both"
                          .formatted(told, other.type().display(), column, own.type().display()))),
          scale.isPresent() ? scale.getAsInt() : null);
    }

    @Nullable String zone(@Nullable ZoneId zone) {
      if (log.time() == null) {
        return null;
      }
      Column column = entries.column(log.time()).orElseThrow();
      if (!TIMES.contains(column.type().name())) {
        throw invalid(
            "time: \"%s\" has type %s; it has to be a timestamptz or a timestamp"
                .formatted(log.time(), column.type().display()));
      }
      if (column.type().name().equals("timestamptz")) {
        return null;
      }
      return zone == null ? "UTC" : zone.getId();
    }

    private DeltaferryException invalid(String what) {
      return new DeltaferryException(ErrorCode.CHANGE_LOG_INVALID, where + "." + what);
    }
  }
}
