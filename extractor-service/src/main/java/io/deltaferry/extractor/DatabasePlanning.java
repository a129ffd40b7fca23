package io.deltaferry.extractor;

import io.deltaferry.bound.Activity;
import io.deltaferry.bound.LogLook;
import io.deltaferry.bound.Look;
import io.deltaferry.plan.RunPlan;
import io.deltaferry.plan.Slicing;
import io.deltaferry.postgres.BoundReader;
import io.deltaferry.postgres.ConfiguredTable;
import io.deltaferry.postgres.DayReader;
import io.deltaferry.postgres.DeltaEstimate;
import io.deltaferry.postgres.LogReader;
import io.deltaferry.postgres.PostgresSession;
import io.deltaferry.postgres.SourceFiles;
import io.deltaferry.sql.ChangesQuery;
import io.deltaferry.sql.Cursor;
import io.deltaferry.sql.DayRows;
import io.deltaferry.sql.DeltaQuery;
import io.deltaferry.sql.DeltaSource;
import io.deltaferry.sql.LogReading;
import io.deltaferry.table.Comments;
import io.deltaferry.table.TableConfig;
import io.deltaferry.table.TableSchema;
import io.deltaferry.type.TypeMapping;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One session in autocommit, so that what bounds a run is read before any snapshot. */
final class DatabasePlanning implements Source.Planning {
  private final TableConfig config;
  private final PostgresSession session;
  private final ConfiguredTable table;
  private final SourceFiles files;

  DatabasePlanning(TableConfig config, PostgresSession session) {
    this.config = config;
    this.session = session;
    this.table = new ConfiguredTable(config, session);
    this.files = new SourceFiles(session);
  }

  @Override
  public DeltaSource source() {
    return table.source();
  }

  @Override
  public TableSchema schema() {
    return table.schema();
  }

  @Override
  public List<String> key(TableSchema schema) {
    return table.key(schema);
  }

  @Override
  public List<String> keyIfAny(TableSchema schema) {
    return table.keyIfAny(schema);
  }

  @Override
  public Cursor cursor(TableSchema schema) {
    return table.cursor(schema);
  }

  @Override
  public List<TypeMapping> columns(TableSchema schema, List<String> key) {
    return table.columns(schema, key);
  }

  @Override
  public Comments comments() {
    return table.comments();
  }

  @Override
  public Look look(Cursor cursor) {
    return table.look(cursor);
  }

  @Override
  public LogReading log(TableSchema schema, List<String> key) {
    return table.log(schema, key);
  }

  @Override
  public LogLook look(LogReading log) {
    return new LogReader(session).look(log);
  }

  @Override
  public LogReader.Doubtful doubtful(ChangesQuery changes) {
    return new LogReader(session).doubtful(changes);
  }

  @Override
  public Activity activity() {
    return new BoundReader(session).read();
  }

  @Override
  public Map<Long, Long> files(DeltaQuery query) {
    return files.of(query);
  }

  @Override
  public boolean isAttached(DeltaQuery rows, Set<Long> before) {
    return files.attached(rows.source(), before).stream()
        .map(rows::from)
        .flatMap(there -> there.any().stream())
        .anyMatch(
            sql -> session.text(sql, "looking for rows of old stamps").orElse("").equals("true"));
  }

  @Override
  public List<DayRows> days(DeltaQuery rows, @Nullable Cursor newest) {
    return new DayReader(session).days(rows, newest);
  }

  @Override
  public long estimate(DeltaQuery query) {
    return DeltaEstimate.rows(query, session);
  }

  @Override
  public Slicing slices(RunPlan drafted) {
    return new PlanSlices(session).plan(config, drafted);
  }

  @Override
  public void close() {
    session.close();
  }
}
