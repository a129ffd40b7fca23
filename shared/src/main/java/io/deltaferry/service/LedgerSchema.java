package io.deltaferry.service;

import io.deltaferry.error.DeltaferryException;
import io.deltaferry.plan.RunPlan;
import io.deltaferry.run.Warehouse;
import io.deltaferry.sql.AlterTarget;
import io.deltaferry.sql.EventsTable;
import io.deltaferry.sql.LedgerTables;
import io.deltaferry.sql.LedgerViews;
import io.deltaferry.table.NewTable;
import io.deltaferry.table.TableRef;
import io.deltaferry.table.WarehouseColumn;
import io.deltaferry.table.WarehouseTable;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the ledger's tables, and the views over them as this build has them. */
public final class LedgerSchema {
  private static final Logger log = LoggerFactory.getLogger(LedgerSchema.class);

  private final Warehouse warehouse;
  private final String project;
  private final String controlDataset;
  private final LedgerViews views;
  private final AtomicBoolean looked = new AtomicBoolean();
  private final Set<TableRef> complete = ConcurrentHashMap.newKeySet();

  public LedgerSchema(Warehouse warehouse, String project, String controlDataset) {
    this.warehouse = warehouse;
    this.project = project;
    this.controlDataset = controlDataset;
    this.views = new LedgerViews(project, controlDataset);
  }

  /**
   * Makes what nobody has made yet, but for the view over the states, of which there may be none.
   *
   * @throws DeltaferryException WAREHOUSE_UNAVAILABLE when a table cannot be made
   */
  public void create() {
    ready(LedgerTables.runs(RunPlan.runsTable(project, controlDataset)));
    warehouse.create(EventsTable.of(EventsTable.ref(project, controlDataset)));
    views.ofRuns().forEach(this::replace);
  }

  /**
   * Makes a table of the ledger, or adds to one of an older build the columns that it lacks, once
   * in an instance's life.
   *
   * @throws DeltaferryException WAREHOUSE_UNAVAILABLE when it cannot be made
   */
  public void ready(NewTable table) {
    if (warehouse.create(table) || complete.contains(table.ref())) {
      return;
    }
    List<WarehouseColumn> missing =
        warehouse.describe(table.ref()).map(found -> missing(table, found)).orElse(List.of());
    if (!missing.isEmpty()) {
      warehouse.query(AlterTarget.adding(table.ref(), missing));
    }
    complete.add(table.ref());
  }

  private static List<WarehouseColumn> missing(NewTable table, WarehouseTable found) {
    return table.columns().stream()
        .filter(column -> found.column(column.name()).isEmpty())
        .toList();
  }

  /**
   * Sees to it that the views are this build's, once in an instance's life. There must be a state.
   */
  public void refresh() {
    if (looked.getAndSet(true)) {
      return;
    }
    try {
      if (!isThisBuilds()) {
        create();
        replace(views.ofStates());
      }
    } catch (DeltaferryException e) {
      log.warn("the ledger's views cannot be looked at: {}", e.getMessage());
    }
  }

  /** The view over the states is made last, so it tells of all. */
  private boolean isThisBuilds() {
    return warehouse
        .describe(views.ofStates().ref())
        .map(WarehouseTable::labels)
        .map(labels -> views.definition().equals(labels.get(LedgerViews.DEFINITION)))
        .orElse(false);
  }

  /** People read them and no run does, so no run fails for them. */
  private void replace(LedgerViews.View view) {
    try {
      warehouse.query(views.create(view));
    } catch (DeltaferryException e) {
      log.warn("{} is not what it should be: {}", view.ref(), e.getMessage());
    }
  }
}
