package io.deltaferry.extractor;

import io.deltaferry.bound.Activity;
import io.deltaferry.bound.CursorOrigin;
import io.deltaferry.bound.CursorRead;
import io.deltaferry.bound.LogLook;
import io.deltaferry.bound.Look;
import io.deltaferry.cli.model.Calls;
import io.deltaferry.cli.model.SourceModel;
import io.deltaferry.error.ErrorCode;
import io.deltaferry.plan.CtidRanges;
import io.deltaferry.plan.KeysetRanges;
import io.deltaferry.plan.RunPlan;
import io.deltaferry.plan.Slicing;
import io.deltaferry.postgres.LogReader;
import io.deltaferry.run.Slice;
import io.deltaferry.sql.ChangesQuery;
import io.deltaferry.sql.Cursor;
import io.deltaferry.sql.DayRows;
import io.deltaferry.sql.DeltaQuery;
import io.deltaferry.sql.DeltaSource;
import io.deltaferry.sql.LeafSize;
import io.deltaferry.sql.LogReading;
import io.deltaferry.sql.PgTable;
import io.deltaferry.sql.Place;
import io.deltaferry.sql.SliceRows;
import io.deltaferry.table.Column;
import io.deltaferry.table.Comments;
import io.deltaferry.table.TableConfig;
import io.deltaferry.table.TableSchema;
import io.deltaferry.type.MappingOptions;
import io.deltaferry.type.PgType;
import io.deltaferry.type.TypeMapping;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The model of a table as the extractor reads it. Whoever reads a slice keeps nobody else from it:
 * the lock that does so ends with the session, which may break any time.
 */
record InMemorySource(SourceModel model, Calls calls) implements Source {
  /** Fewer than a table file may say, so that short histories have slices. */
  private static final int SLICE_ROWS = 2;

  private static final PgTable TABLE = PgTable.of("public", "orders");
  private static final TableSchema SCHEMA =
      new TableSchema(
          List.of(
              new Column("id", PgType.base("int8"), false),
              new Column("value", PgType.base("text"), false),
              new Column("updated_at", PgType.base("timestamptz"), false)),
          List.of("id"),
          "fingerprint");

  @Override
  public Planning planning(TableConfig table) {
    model.planning(true);
    return calls.port(
        Planning.class, new PlanningModel(model, table), ErrorCode.SOURCE_UNAVAILABLE);
  }

  @Override
  public Reading reading(String work, Duration patience, Duration timeout) {
    return calls.port(Reading.class, new ReadingModel(model), ErrorCode.SOURCE_UNAVAILABLE);
  }

  @Override
  public Optional<List<SliceRows>> halves(RunPlan plan, Slice slice, Duration budget) {
    if (slice.rows() instanceof SliceRows.CtidRange range) {
      return CtidRanges.halves(range, model.blocks());
    }
    List<SourceModel.Row> rows = RowsOf.slice(model, plan.low().window(), slice.rows());
    return rows.size() < 2
        ? Optional.empty()
        : KeysetRanges.halves(slice.rows(), RowsOf.place(rows.get(rows.size() / 2)));
  }

  private record PlanningModel(SourceModel model, TableConfig table) implements Planning {
    @Override
    public DeltaSource source() {
      return TABLE;
    }

    @Override
    public TableSchema schema() {
      return SCHEMA;
    }

    @Override
    public List<String> key(TableSchema schema) {
      return schema.key();
    }

    @Override
    public List<String> keyIfAny(TableSchema schema) {
      return schema.key();
    }

    @Override
    public Cursor cursor(TableSchema schema) {
      return Cursor.of(table.requiredCursor(), schema);
    }

    @Override
    public List<TypeMapping> columns(TableSchema schema, List<String> key) {
      return schema.mappings(List.of(), new MappingOptions(Map.of(), false, new HashSet<>(key)));
    }

    @Override
    public Comments comments() {
      return Comments.NONE;
    }

    @Override
    public Look look(Cursor cursor) {
      return new Look(new CursorRead(cursor.kind(), CursorOrigin.DATABASE, null), model.activity());
    }

    @Override
    public LogReading log(TableSchema schema, List<String> key) {
      throw unlogged();
    }

    @Override
    public LogLook look(LogReading log) {
      throw unlogged();
    }

    @Override
    public LogReader.Doubtful doubtful(ChangesQuery changes) {
      throw unlogged();
    }

    private static UnsupportedOperationException unlogged() {
      return new UnsupportedOperationException("no log tells of the model's changes");
    }

    @Override
    public Activity activity() {
      return model.activity();
    }

    @Override
    public Map<Long, Long> files(DeltaQuery query) {
      return Map.of(1L, 1L);
    }

    @Override
    public boolean isAttached(DeltaQuery rows, Set<Long> before) {
      return false;
    }

    @Override
    public List<DayRows> days(DeltaQuery rows, @Nullable Cursor newest) {
      throw new UnsupportedOperationException("no history of the model is backfilled");
    }

    @Override
    public long estimate(DeltaQuery query) {
      return RowsOf.slice(model, query.window(), new SliceRows.Whole()).size();
    }

    @Override
    public Slicing slices(RunPlan drafted) {
      List<SourceModel.Row> rows =
          RowsOf.slice(model, drafted.low().window(), new SliceRows.Whole());
      if (rows.size() <= SLICE_ROWS) {
        return drafted.slicing();
      }
      List<Slice> slices =
          drafted.low().low() == null
              ? CtidRanges.slices(
                  List.of(new LeafSize(TABLE, model.blocks(), rows.size())), SLICE_ROWS)
              : KeysetRanges.slices(boundaries(rows));
      String high = RowsOf.high(rows).orElse(null);
      return new Slicing(drafted.slicing().order(), slices, table.slices().parallel(), high, null);
    }

    private static List<Place> boundaries(List<SourceModel.Row> rows) {
      List<Place> places = new ArrayList<>();
      for (int i = SLICE_ROWS; i < rows.size(); i += SLICE_ROWS) {
        places.add(RowsOf.place(rows.get(i)));
      }
      return places;
    }

    @Override
    public void close() {
      model.planning(false);
    }
  }
}
