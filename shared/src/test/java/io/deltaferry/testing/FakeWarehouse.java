package io.deltaferry.testing;

import io.deltaferry.error.DeltaferryException;
import io.deltaferry.run.Warehouse;
import io.deltaferry.sql.Statement;
import io.deltaferry.table.NewTable;
import io.deltaferry.table.TableRef;
import io.deltaferry.table.WarehouseColumn;
import io.deltaferry.table.WarehouseTable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A warehouse that holds tables without rows, and a state that the test sets. */
public final class FakeWarehouse implements Warehouse {
  private final Map<TableRef, WarehouseTable> tables = new HashMap<>();
  private final List<String> jobs = new ArrayList<>();
  private final List<String> loaded = new ArrayList<>();
  private final List<Statement> scripts = new ArrayList<>();
  private long loads;
  private @Nullable DeltaferryException loadRefusal;
  private @Nullable Long merged;
  private @Nullable DeltaferryException refusal;
  private @Nullable Long mergedAfterRefusal;

  /** What every load answers. */
  public void loadsRows(long rows) {
    loads = rows;
  }

  /** Lets every load fail. */
  public void refusesLoads(DeltaferryException failure) {
    loadRefusal = failure;
  }

  /** The run that the state shows as merged. */
  public void showsMerged(long seq) {
    merged = seq;
  }

  /**
   * Lets every script fail.
   *
   * @param mergedMeanwhile what the state shows from then on
   */
  public void refusesScripts(DeltaferryException failure, @Nullable Long mergedMeanwhile) {
    refusal = failure;
    mergedAfterRefusal = mergedMeanwhile;
  }

  /** The names of all jobs that were asked for. */
  public List<String> jobs() {
    return List.copyOf(jobs);
  }

  /** The URIs of all parts that were loaded. */
  public List<String> loaded() {
    return List.copyOf(loaded);
  }

  /** All scripts that were to be run. */
  public List<Statement> scripts() {
    return List.copyOf(scripts);
  }

  public boolean has(TableRef table) {
    return tables.containsKey(table);
  }

  @Override
  public Optional<WarehouseTable> describe(TableRef table) {
    return Optional.ofNullable(tables.get(table));
  }

  @Override
  public boolean create(NewTable table) {
    return tables.putIfAbsent(
            table.ref(),
            new WarehouseTable(table.ref(), Instant.EPOCH, table.columns(), table.labels()))
        == null;
  }

  @Override
  public void createLike(
      TableRef like, TableRef table, List<WarehouseColumn> columns, Instant expires) {
    create(new NewTable(table, columns, Map.of(), expires, ""));
  }

  @Override
  public void copyOver(String name, TableRef from, TableRef to) {
    throw new UnsupportedOperationException("there are no rows to copy");
  }

  @Override
  public void drop(TableRef table) {
    tables.remove(table);
  }

  @Override
  public long loadCsv(String name, NewTable target, List<String> uris) {
    jobs.add(name);
    loaded.addAll(uris);
    if (loadRefusal != null) {
      throw loadRefusal;
    }
    return loads;
  }

  @Override
  public List<Map<String, @Nullable String>> query(Statement statement) {
    return merged == null ? List.of() : List.of(Map.of("seq", Long.toString(merged)));
  }

  @Override
  public long dryRun(Statement statement) {
    scripts.add(statement);
    return 0;
  }

  @Override
  public void runScript(String name, Statement script) {
    jobs.add(name);
    scripts.add(script);
    if (refusal != null) {
      merged = mergedAfterRefusal == null ? merged : mergedAfterRefusal;
      throw refusal;
    }
  }
}
