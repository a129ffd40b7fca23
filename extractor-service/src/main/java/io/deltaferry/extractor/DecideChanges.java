package io.deltaferry.extractor;

import io.deltaferry.bound.LogLook;
import io.deltaferry.error.DeltaferryException;
import io.deltaferry.error.ErrorCode;
import io.deltaferry.plan.BoundHistory;
import io.deltaferry.plan.LogSeen;
import io.deltaferry.plan.LowWatermark;
import io.deltaferry.plan.TableState;
import io.deltaferry.plan.Watermark;
import io.deltaferry.postgres.LogReader;
import io.deltaferry.sql.ChangesQuery;
import io.deltaferry.sql.LogReading;
import io.deltaferry.table.SyncMode;
import io.deltaferry.table.TableConfig;
import io.deltaferry.table.TableSchema;
import io.deltaferry.table.WarehouseTable;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides which entries of a log a run goes by, or that it reads the table as a whole: at first,
 * and where entries may be missing.
 */
final class DecideChanges {
  private static final Logger log = LoggerFactory.getLogger(DecideChanges.class);

  private final TableConfig table;
  private final Source.Planning source;
  private final Progress progress;
  private final DecideBound bounds;

  DecideChanges(TableConfig table, Source.Planning source, Progress progress, DecideBound bounds) {
    this.table = table;
    this.source = source;
    this.progress = progress;
    this.bounds = bounds;
  }

  /**
   * The rows.
   *
   * @param fit what the target's columns ask for
   * @throws DeltaferryException COLUMN_MISSING, CURSOR_INVALID, CHANGE_LOG_INVALID when the log is
   *     none for this table; BOUND_UNKNOWN, SOURCE_*
   */
  RowsToRead rows(
      TableSchema schema,
      List<String> key,
      Optional<WarehouseTable> target,
      Optional<TableState> state,
      FitTarget.Fit fit) {
    LogReading entries = source.log(schema, key);
    LogLook look = source.look(entries);
    LogSeen seen = LogSeen.of(look);
    BoundHistory history =
        state.map(known -> known.boundsFor(table.definitionHash())).orElse(BoundHistory.NONE);
    Watermark watermark = bounds.watermark(look.look(), history).remembering(seen);
    LowWatermark low =
        fit.everything() == null && fit.mode() == SyncMode.CHANGE_LOG
            ? low(target, state, look)
            : new LowWatermark(null, fit.reason());
    LogReading reading = entries.seen(look.taken(), seen.oldest());
    if (low.low() != null) {
      examine(new ChangesQuery(reading, low.low(), low.seen()));
    }
    return RowsToRead.told(reading, low, watermark);
  }

  private LowWatermark low(
      Optional<WarehouseTable> target, Optional<TableState> state, LogLook look) {
    LowWatermark low =
        LowWatermark.ofLog(
            target.map(WarehouseTable::created).orElse(null),
            target.filter(progress::isEmpty).isPresent(),
            state.orElse(null),
            table.definitionHash(),
            look);
    if (low.low() == null) {
      log.info("the log is not enough, the table is read as a whole: {}", low.reason());
    }
    return low;
  }

  /** An entry that tells of nobody knows which row cannot be passed over. */
  private void examine(ChangesQuery changes) {
    LogReader.Doubtful doubtful = source.doubtful(changes);
    if (doubtful.keyless() > 0) {
      throw new DeltaferryException(
          ErrorCode.CHANGE_LOG_INVALID,
          "tables.%s: %d entries of the log %s from number %s on have no key that could be one of the table (%s). Correct them, or take them out, or let `table` name a view without them; what they tell of comes with a run of mode replace"
              .formatted(
                  table.name(),
                  doubtful.keyless(),
                  changes.log().table(),
                  changes.low(),
                  String.join(", ", changes.log().log().key())));
    }
    if (doubtful.unknown() > 0) {
      log.warn(
          "{} entries of the log {} have an action that the table file does not know; each counts as a change of any column. List it under `actions`",
          doubtful.unknown(),
          changes.log().table());
    }
  }
}
