package io.deltaferry.table;

import io.deltaferry.error.DeltaferryException;
import io.deltaferry.error.ErrorCode;
import io.deltaferry.type.ColumnSettings;
import io.deltaferry.type.LossPolicy;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One entry of the table file, defaults applied; column names are exactly the catalog's.
 *
 * @param name the word for this table in messages, objects, jobs and logs
 * @param key key columns; empty means the primary key of the catalog
 * @param cursor column whose value grows with every change
 * @param modes what its runs do
 * @param filter an SQL condition on the source's rows
 * @param privacy which columns stay in the database, or are hashed there
 * @param priority higher goes first
 * @param schedule cron text of five fields, in UTC; null means on request only
 * @param lateness how long a change may stay invisible after the time its cursor shows, where
 *     nothing bounds it
 * @param bound how far the watermark may go
 * @param conversions policies by column; a column without one has its type's default
 * @param columns further settings by column
 * @param assumeUnique the key has no unique index, duplicates are looked for instead
 * @param partBytes size at which a new part is started
 * @param slices how a large run is cut
 * @param extractIn where its rows are read
 * @param runExpiry quiet time after which a run counts as abandoned
 * @param maxLag age of the target from which on somebody is told; null for nobody
 * @param drift what is done when the source's columns change
 * @param runIdColumn the target's column that says which run a row comes from; null for none
 * @param reconcile how its deleted rows are looked for
 * @param shape what a target that is made looks like
 * @param view whether a view stands beside the target, as far as there is a use for one
 */
public record TableConfig(
    String name,
    RowSource source,
    TargetTable target,
    List<String> key,
    @Nullable String cursor,
    ModeSettings modes,
    @Nullable String filter,
    PrivacySettings privacy,
    int priority,
    @Nullable String schedule,
    Duration lateness,
    BoundSettings bound,
    Map<String, LossPolicy> conversions,
    Map<String, ColumnSettings> columns,
    UnknownTypes unknownTypes,
    boolean assumeUnique,
    long partBytes,
    SliceConfig slices,
    ExtractIn extractIn,
    Duration runExpiry,
    @Nullable Duration maxLag,
    DriftSettings drift,
    @Nullable String runIdColumn,
    ReconcileSettings reconcile,
    TargetShape shape,
    boolean view) {

  public TableConfig {
    key = List.copyOf(key);
    conversions = Collections.unmodifiableMap(new LinkedHashMap<>(conversions));
    columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
  }

  /** How a run selects its rows whose request names no mode. */
  public SyncMode mode() {
    return modes.mode();
  }

  /** The same, hashed with that key. */
  TableConfig keyed(String keyId) {
    return new TableConfig(
        name,
        source,
        target,
        key,
        cursor,
        modes,
        filter,
        privacy.keyed(keyId),
        priority,
        schedule,
        lateness,
        bound,
        conversions,
        columns,
        unknownTypes,
        assumeUnique,
        partBytes,
        slices,
        extractIn,
        runExpiry,
        maxLag,
        drift,
        runIdColumn,
        reconcile,
        shape,
        view);
  }

  /**
   * The cursor column.
   *
   * @throws DeltaferryException CURSOR_INVALID when the table has none
   */
  public String requiredCursor() {
    if (cursor == null) {
      throw new DeltaferryException(
          ErrorCode.CURSOR_INVALID,
          "tables.%s has no cursor: name the column that grows with every change".formatted(name));
    }
    return cursor;
  }

  /** The view that stands beside the target; empty for none. */
  public Optional<ViewKind> viewKind() {
    return view ? ViewKind.of(mode(), reconcile.deletes()) : Optional.empty();
  }

  /**
   * The log that tells of its changes.
   *
   * @throws DeltaferryException CHANGE_LOG_INVALID when the table has none
   */
  public ChangeLog requiredLog() {
    ChangeLog log = modes.changeLog();
    if (log == null) {
      throw new DeltaferryException(
          ErrorCode.CHANGE_LOG_INVALID,
          "tables.%s has no change_log: name the table whose entries tell of its changes"
              .formatted(name));
    }
    return log;
  }

  /** What a column of the source is called in BigQuery. */
  public String nameOf(String column) {
    String rename = columns.getOrDefault(column, ColumnSettings.NONE).rename();
    return rename == null ? column : rename;
  }

  /**
   * SHA-256 (64 hex digits) of what makes old progress valid: source, query, filter, key, cursor,
   * target, what is hashed with which key, and which columns have another name or are computed. A
   * stored watermark counts only for the same hash.
   */
  public String definitionHash() {
    return DefinitionHash.definition(this);
  }

  /** SHA-256 (64 hex digits) of which columns leave the database and how they are converted. */
  public String policyHash() {
    return DefinitionHash.policy(this);
  }
}
