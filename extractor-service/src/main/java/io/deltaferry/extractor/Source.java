package io.deltaferry.extractor;

import io.deltaferry.bound.Activity;
import io.deltaferry.bound.LogLook;
import io.deltaferry.bound.Look;
import io.deltaferry.copy.CopyResult;
import io.deltaferry.copy.PartSink;
import io.deltaferry.copy.StopSignal;
import io.deltaferry.plan.RunPlan;
import io.deltaferry.plan.Slicing;
import io.deltaferry.postgres.LogReader;
import io.deltaferry.run.Slice;
import io.deltaferry.sql.ChangesQuery;
import io.deltaferry.sql.Cursor;
import io.deltaferry.sql.DayRows;
import io.deltaferry.sql.DeltaQuery;
import io.deltaferry.sql.DeltaSource;
import io.deltaferry.sql.LogReading;
import io.deltaferry.sql.SliceRows;
import io.deltaferry.table.Comments;
import io.deltaferry.table.TableConfig;
import io.deltaferry.table.TableSchema;
import io.deltaferry.type.TypeMapping;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The source database as runs need it. All methods throw {@link
 * io.deltaferry.error.DeltaferryException} SOURCE_*.
 */
interface Source {
  /** Opens what a run of the table is planned by. */
  Planning planning(TableConfig table);

  /**
   * Opens what rows are read by, as soon as there is a place for it.
   *
   * @param work a name; while one reading has it no other gets it
   * @param patience how long to wait
   * @param timeout of each statement
   */
  Reading reading(String work, Duration patience, Duration timeout);

  /**
   * The halves of a slice; empty when it has too few rows for two.
   *
   * @param budget for finding them
   */
  Optional<List<SliceRows>> halves(RunPlan plan, Slice slice, Duration budget);

  /** An entry of the table file, and what the database has of it now. */
  interface Planning extends AutoCloseable {
    DeltaSource source();

    TableSchema schema();

    /** The columns that identify a row. */
    List<String> key(TableSchema schema);

    /** The same of a table that may have none; then there are none. */
    List<String> keyIfAny(TableSchema schema);

    Cursor cursor(TableSchema schema);

    /** How the columns travel. */
    List<TypeMapping> columns(TableSchema schema, List<String> key);

    /** What people have written about it. */
    Comments comments();

    /** What bounds a run; to be asked before anything of it is read. */
    Look look(Cursor cursor);

    /** The log that tells of the table's changes. */
    LogReading log(TableSchema schema, List<String> key);

    /** As for a cursor; and what the log still has. */
    LogLook look(LogReading log);

    /** Entries that are read, and that nobody can make sense of. */
    LogReader.Doubtful doubtful(ChangesQuery changes);

    /** What the database shows of its transactions now. */
    Activity activity();

    /** The files that hold the delta's rows, by relation. */
    Map<Long, Long> files(DeltaQuery query);

    /**
     * Whether a table of which the source did not consist holds any of these rows.
     *
     * @param before the relations of which it consisted
     */
    boolean isAttached(DeltaQuery rows, Set<Long> before);

    /**
     * How many rows each day has.
     *
     * @param rows whose cursor is the column with the days
     * @param newest the table's cursor, or null
     */
    List<DayRows> days(DeltaQuery rows, @Nullable Cursor newest);

    /** How many rows the delta has, about. */
    long estimate(DeltaQuery query);

    /** How the drafted run is cut, in the order that it has. */
    Slicing slices(RunPlan drafted);

    @Override
    void close();
  }

  /** A place among those that read. */
  interface Reading extends AutoCloseable {
    /** Stages the rows of a slice as one snapshot shows them. */
    CopyResult copy(RunPlan plan, Slice slice, Limit limit, PartSink sink);

    @Override
    void close();
  }

  /** What may end a reading early. */
  record Limit(Duration time, StopSignal stop) {}
}
