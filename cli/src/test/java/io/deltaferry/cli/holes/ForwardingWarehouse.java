package io.deltaferry.cli.holes;

import io.deltaferry.run.Warehouse;
import io.deltaferry.sql.Statement;
import io.deltaferry.table.NewTable;
import io.deltaferry.table.TableRef;
import io.deltaferry.table.WarehouseColumn;
import io.deltaferry.table.WarehouseTable;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A warehouse that does what another does, but for what a test changes. */
abstract class ForwardingWarehouse implements Warehouse {
  final Warehouse warehouse;

  ForwardingWarehouse(Warehouse warehouse) {
    this.warehouse = warehouse;
  }

  @Override
  public Optional<WarehouseTable> describe(TableRef table) {
    return warehouse.describe(table);
  }

  @Override
  public boolean create(NewTable table) {
    return warehouse.create(table);
  }

  @Override
  public void createLike(
      TableRef like, TableRef table, List<WarehouseColumn> columns, Instant expires) {
    warehouse.createLike(like, table, columns, expires);
  }

  @Override
  public void copyOver(String name, TableRef from, TableRef to) {
    warehouse.copyOver(name, from, to);
  }

  @Override
  public void drop(TableRef table) {
    warehouse.drop(table);
  }

  @Override
  public long loadCsv(String name, NewTable target, List<String> uris) {
    return warehouse.loadCsv(name, target, uris);
  }

  @Override
  public List<Map<String, @Nullable String>> query(Statement statement) {
    return warehouse.query(statement);
  }

  @Override
  public long dryRun(Statement statement) {
    return warehouse.dryRun(statement);
  }

  @Override
  public void runScript(String name, Statement script) {
    warehouse.runScript(name, script);
  }
}
