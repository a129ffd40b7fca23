package io.deltaferry.merger;

import io.deltaferry.error.DeltaferryException;
import io.deltaferry.plan.PlannedView;
import io.deltaferry.plan.RunPlan;
import io.deltaferry.run.Warehouse;
import io.deltaferry.sql.TargetView;
import io.deltaferry.table.WarehouseTable;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the view that a plan wants beside its target, where it is missing or is another. No run
 * fails for that: the rows are merged, and the next run finds the view due.
 */
final class RenewView {
  private static final Logger log = LoggerFactory.getLogger(RenewView.class);

  private final Warehouse warehouse;

  RenewView(Warehouse warehouse) {
    this.warehouse = warehouse;
  }

  /** The view over the target as it is now. */
  void of(RunPlan plan) {
    PlannedView view = plan.shape().view();
    if (view == null) {
      return;
    }
    try {
      warehouse.describe(plan.target()).ifPresent(target -> renew(view, target));
    } catch (DeltaferryException e) {
      log.warn(
          "the view {} is not what it should be; the next run of {} tries again: {}",
          view.ref(),
          plan.table(),
          e.getMessage());
    }
  }

  private void renew(PlannedView view, WarehouseTable target) {
    Optional<WarehouseTable> now = warehouse.describe(view.ref());
    if (now.filter(known -> !TargetView.isOurs(known)).isPresent()) {
      log.warn("{} has been made by somebody else, and is left alone", view.ref());
    } else if (now.filter(known -> TargetView.stands(known, view.kind(), target)).isEmpty()) {
      warehouse.query(TargetView.of(view.ref(), view.kind(), target).statement());
      log.info("{} shows the rows of {} as they are now", view.ref(), target.ref());
    }
  }
}
